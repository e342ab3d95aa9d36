import { type ErrorEntry, entry } from './entry.ts';

/** Why a notice could not be delivered. */
export const noticeErrors = {
  'notice.not_configured': entry(
    409,
    'admin',
    ['该通知渠道尚未配置', '请在 系统 → 企业设置 → 通知 填写并启用后再试。'],
    [
      'This channel is not set up',
      'Fill it in and switch it on under System → Enterprise Settings → Notifications, then try again.',
    ],
  ),
  'notice.unreachable': entry(
    502,
    'admin',
    ['无法连接接收通知的服务器', '{host}：{reason}。请核对地址和端口，并确认本服务器可以访问。'],
    [
      'The receiver of notices cannot be reached',
      '{host}: {reason}. Check address and port, and that this server may connect to it.',
    ],
    true,
  ),
  'notice.timeout': entry(
    504,
    'admin',
    ['接收通知的服务器没有及时应答', '请确认 {host} 正常；加密方式与端口不符时也会如此。'],
    [
      'The receiver of notices did not answer in time',
      'Check that {host} works; a port that does not fit the encryption looks like this as well.',
    ],
    true,
  ),
  'notice.certificate': entry(
    502,
    'admin',
    [
      '接收通知的服务器的证书不可信',
      '{host}：{reason}。请更换证书；内部 CA 请用 NODE_EXTRA_CA_CERTS 指定。未发送任何内容。',
    ],
    [
      'The certificate of the receiver is not trusted',
      '{host}: {reason}. Replace it, or name an internal CA by NODE_EXTRA_CA_CERTS. Nothing was sent.',
    ],
  ),
  'notice.refused': entry(
    502,
    'admin',
    ['接收通知的服务器拒绝了通知', '{host} 的应答：{answer}'],
    ['The receiver refused the notice', '{host} answered: {answer}'],
    true,
  ),
  'notice.redirected': entry(
    502,
    'admin',
    ['接收通知的服务器要求转到别处', '通知只发往所填的地址（{host}），请填写最终地址。'],
    [
      'The receiver redirects elsewhere',
      'Notices go to the given address ({host}) only: enter the final one.',
    ],
  ),
  'notice.recipients_missed': entry(
    502,
    'admin',
    ['未送达部分接收人', '{recipients} 已退出、不存在、不在应用可见范围内，或被拒收。其他人已收到。'],
    [
      'Some recipients were not reached',
      '{recipients}: left, unknown, outside the visible scope of the app, or refused. The others have it.',
    ],
  ),
  'notice.recipients_left': entry(
    409,
    'admin',
    ['接收人都已退出', '{recipients} 已退出企业。请在 系统 → 企业设置 → 通知 选择其他成员。'],
    [
      'All recipients have left',
      '{recipients}: no longer in the enterprise. Choose other members under System → Enterprise Settings → Notifications.',
    ],
  ),
} as const satisfies Record<string, ErrorEntry>;
