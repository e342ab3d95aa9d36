import { type ErrorEntry, entry } from './entry.ts';

/** Errors of the WeCom settings, of WeCom itself and of its events. */
export const wecomErrors = {
  'callback.not_configured': entry(
    404,
    'admin',
    ['未配置接收事件', '请先在 系统 → 企业设置 → 事件 中设置 Token 和 EncodingAESKey。'],
    [
      'This callback URL is not set up',
      'Set Token and EncodingAESKey under System → Enterprise Settings → Events first.',
    ],
  ),
  'callback.bad_signature': entry(
    403,
    'admin',
    ['签名不正确', '请核对企业微信后台的 Token 是否与此处一致。'],
    ['Wrong signature', 'Check that the Token in the WeCom console is the same as here.'],
  ),
  'callback.undecryptable': entry(
    400,
    'admin',
    ['无法解密', '请核对企业微信后台的 EncodingAESKey 是否与此处一致。'],
    [
      'The content cannot be decrypted',
      'Check that the EncodingAESKey in the WeCom console is the same as here.',
    ],
  ),
  'callback.wrong_receiver': entry(
    403,
    'admin',
    ['接收方不是本企业', '请核对企业 ID。'],
    ['Wrong receiver', 'The event is for another enterprise: check the CorpID.'],
  ),
  'callback.malformed': entry(
    400,
    'caller',
    ['无法识别的事件内容', '应为企业微信的 XML 或 JSON 信封。'],
    ['Malformed event', 'The XML or JSON envelope of WeCom is expected.'],
  ),
  'event.not_covered': entry(
    502,
    'wecom',
    ['事件尚未处理', '处理该事件的同步未能完整读取企业微信，稍后会自动重试。'],
    [
      'The event has not been processed yet',
      'The sync that processed it could not read everything from WeCom; it is retried automatically.',
    ],
    true,
  ),
  'event.not_replayable': entry(
    409,
    'caller',
    ['该事件不需要重放', '只有处理失败的事件可以重放。'],
    ['This event needs no replay', 'Only a failed event can be replayed.'],
  ),
  'settings.incomplete': entry(
    409,
    'admin',
    ['企业微信配置不完整', '请先在 系统 → 企业设置 填写企业 ID、应用 ID 和应用密钥。'],
    [
      'The WeCom settings are incomplete',
      'Fill in CorpID, AgentId and Secret under System → Enterprise Settings first.',
    ],
  ),
  'settings.corp_changed': entry(
    409,
    'admin',
    [
      '企业 ID 已改变',
      '本地已有企业 {corpId} 的组织架构。更换企业后将显示新企业的组织架构，原数据保留但不再同步。确认更换请带上 confirmCorpChange: true。',
    ],
    [
      'The CorpID has changed',
      'A directory of corp {corpId} exists here. After the change the console shows the new corp; the old data is kept and no longer synced. Send confirmCorpChange: true to confirm.',
    ],
  ),
  'settings.version_conflict': entry(
    409,
    'caller',
    ['设置已被他人修改', '请刷新页面查看最新设置后再保存。'],
    ['Another admin changed the settings', 'Refresh to see the latest settings, then save again.'],
  ),
  'settings.secret_unreadable': entry(
    409,
    'admin',
    [
      '已保存的密钥无法解密',
      'APP_SECRET 与保存时不同。请恢复原来的 APP_SECRET，或在 企业设置 中重新填写此密钥：应用 Secret、接收事件的 Token、邮件密码或 Webhook 密钥。',
    ],
    [
      'The saved secret cannot be decrypted',
      'APP_SECRET differs from the one it was saved with: restore it, or enter it again in Enterprise Settings: the app’s Secret, the Token of events, the mail password or the webhook’s secret.',
    ],
  ),
  'wecom.refused': entry(
    502,
    'admin',
    ['企业微信拒绝了请求', '{sentence} {remedy}'],
    ['WeCom refused the request', '{sentence} {remedy}'],
  ),
  'wecom.unreachable': entry(
    502,
    'operator',
    ['无法连接企业微信', '{sentence} {remedy}'],
    ['WeCom cannot be reached', '{sentence} {remedy}'],
    true,
  ),
  'wecom.bad_answer': entry(
    502,
    'wecom',
    ['企业微信返回了无法识别的内容', '{sentence} {remedy}'],
    ['WeCom gave an unexpected answer', '{sentence} {remedy}'],
    true,
  ),
  'wecom.app_disabled': entry(
    502,
    'admin',
    ['应用已停用', '请在企业微信管理后台启用该应用，然后重试。'],
    ['The app is disabled', 'Enable the app in the WeCom admin console, then try again.'],
  ),
} as const satisfies Record<string, ErrorEntry>;
