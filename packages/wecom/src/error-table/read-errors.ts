import type { ErrorEntry } from './entry.ts';

/** Codes about what may be read, and about what is no longer there. */
export const READ_ERRORS: readonly ErrorEntry[] = [
  {
    codes: [48001],
    kind: 'permission',
    retry: 'never',
    zh: { sentence: '企业未获得该接口的授权。', remedy: '请检查企业的认证状态以及应用的接口权限。' },
    en: {
      sentence: 'The company is not authorised for this call.',
      remedy: 'Check the verification of the company and the API permissions of the app.',
    },
  },
  {
    codes: [48002],
    kind: 'permission',
    retry: 'stop',
    zh: {
      sentence: '该密钥无权调用此接口。',
      remedy: '请使用自建应用的 Secret，而不是通讯录同步等其他类型的 Secret。',
    },
    en: {
      sentence: 'This kind of Secret may not make this call.',
      remedy: 'Use the Secret of a self-built app, not the one of contact sync or another kind.',
    },
  },
  {
    codes: [48005],
    kind: 'permission',
    retry: 'stop',
    zh: { sentence: '企业微信已停用该接口。', remedy: '请升级本产品到新版本。' },
    en: { sentence: 'WeCom has retired this call.', remedy: 'Upgrade this product.' },
  },
  {
    codes: [48006],
    kind: 'permission',
    retry: 'stop',
    zh: {
      sentence: '该应用长期未使用，接口权限已被收回。',
      remedy: '请管理员在企业微信管理后台重新启用该应用的接口权限。',
    },
    en: {
      sentence: 'The right to call was withdrawn because the app was not used for long.',
      remedy: "Have an admin enable the app's API permission again in the WeCom console.",
    },
  },
  {
    codes: [48009],
    kind: 'permission',
    retry: 'stop',
    zh: {
      sentence: '通讯录同步的 Secret 不能从新的 IP 读取部门和成员详情。',
      remedy: '请改用可见范围覆盖全公司的自建应用的 Secret。',
    },
    en: {
      sentence: 'The contact-sync Secret may not read details from a new IP.',
      remedy: 'Use the Secret of a self-built app whose visible range is the whole company.',
    },
  },
  {
    codes: [48003, 48004],
    kind: 'permission',
    retry: 'never',
    zh: {
      sentence: '第三方应用的授权不匹配或已失效。',
      remedy: '请在企业微信管理后台重新授权该应用，或改用自建应用。',
    },
    en: {
      sentence: 'The authorisation of the third-party app does not match or is void.',
      remedy: 'Authorise the app again in the WeCom console, or use a self-built app.',
    },
  },
  {
    codes: [48007, 48008],
    kind: 'permission',
    retry: 'never',
    zh: { sentence: '该授权不包含此接口。', remedy: '请在企业微信管理后台为应用补充所需的权限。' },
    en: {
      sentence: 'The grant does not include this call.',
      remedy: 'Give the app the missing permission in the WeCom console.',
    },
  },
  {
    codes: [90210],
    kind: 'permission',
    retry: 'never',
    zh: { sentence: '该操作需要成员本人授权。', remedy: '请成员登录并同意授权后再试。' },
    en: {
      sentence: 'This needs the consent of the member.',
      remedy: 'Let the member sign in and agree, then try again.',
    },
  },
  {
    codes: [84074, 701008],
    kind: 'permission',
    retry: 'never',
    zh: {
      sentence: '该应用没有外部联系人或互通账号的权限。',
      remedy: '同步组织架构不需要此权限；如需使用，请在企业微信管理后台开通。',
    },
    en: {
      sentence: 'The app lacks the external-contact right or the interop licence.',
      remedy: 'Syncing the org structure does not need it; if you do, enable it in the WeCom console.',
    },
  },
  {
    codes: [60011],
    kind: 'scope',
    retry: 'never',
    zh: {
      sentence: '应用无权访问该成员、部门或标签：它不在应用的可见范围内。',
      remedy: '请在企业微信管理后台 → 应用管理 → 该应用中扩大可见范围，使其包含需要同步的部门。',
    },
    en: {
      sentence: 'The app may not see this member, department or tag: it is outside the visible range.',
      remedy:
        'Widen the visible range of the app in the WeCom console so that it includes the departments to sync.',
    },
  },
  {
    codes: [50002, 60021],
    kind: 'scope',
    retry: 'never',
    zh: {
      sentence: '该成员不在应用的可见范围内。',
      remedy: '请在企业微信管理后台扩大应用的可见范围，使其包含该成员。',
    },
    en: {
      sentence: 'The member is outside the visible range of the app.',
      remedy: 'Widen the visible range of the app in the WeCom console to include the member.',
    },
  },
  {
    codes: [81011],
    kind: 'scope',
    retry: 'never',
    zh: { sentence: '应用无权使用该标签。', remedy: '请让创建该标签的应用或管理员调整标签的使用权限。' },
    en: {
      sentence: 'The app has no right on this tag.',
      remedy: 'Let the creator of the tag, an app or an admin, change who may use it.',
    },
  },
  {
    codes: [45029],
    kind: 'quota',
    retry: 'never',
    zh: { sentence: '部门数据过大，企业微信拒绝一次返回。', remedy: '请把该部门拆分为更小的部门后再同步。' },
    en: {
      sentence: 'The department is too large for one answer.',
      remedy: 'Split the department into smaller ones and sync again.',
    },
  },
  {
    codes: [40003, 46004, 60111],
    kind: 'gone',
    retry: 'never',
    zh: {
      sentence: '成员不存在，或不在应用的可见范围内。',
      remedy: '通常无需处理：成员可能刚离职。若成员仍在职，请检查应用的可见范围。',
    },
    en: {
      sentence: 'The member does not exist or is outside the visible range.',
      remedy:
        'Usually nothing to do: the member may just have left. If not, check the visible range of the app.',
    },
  },
  {
    codes: [60003, 60123],
    kind: 'gone',
    retry: 'never',
    zh: { sentence: '部门不存在，可能在同步期间被删除。', remedy: '请重新同步一次。' },
    en: {
      sentence: 'The department does not exist; it may have been deleted during the sync.',
      remedy: 'Run the sync again.',
    },
  },
  {
    codes: [40068],
    kind: 'gone',
    retry: 'never',
    zh: {
      sentence: '标签不存在，可能已被删除。',
      remedy: '请重新同步一次；若标签已删除，请从应用的可见范围中移除。',
    },
    en: {
      sentence: 'The tag does not exist; it may have been deleted.',
      remedy: "Run the sync again; if the tag is gone, take it out of the app's visible range.",
    },
  },
  {
    codes: [60136, 301021, 81013],
    kind: 'gone',
    retry: 'never',
    zh: { sentence: '指定的成员或记录不存在，或不在可见范围内。', remedy: '请重新同步一次后再试。' },
    en: {
      sentence: 'The given member or record does not exist or is not visible.',
      remedy: 'Run the sync again, then retry.',
    },
  },
  {
    codes: [50100],
    kind: 'transient',
    retry: 'never',
    zh: { sentence: '分页位置已失效。', remedy: '请重新开始读取。' },
    en: { sentence: 'The paging position is no longer valid.', remedy: 'Start the reading again.' },
  },
  {
    codes: [40031, 40032, 40066, 82001, 81012, 81014, 81017],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '请求中的成员、部门或标签列表无效、为空或过长。',
      remedy: '这是本产品的问题，请把错误码和 hint 提供给技术支持。',
    },
    en: {
      sentence: 'The list of members, departments or tags in the request is invalid, empty or too long.',
      remedy: 'This is a fault of this product; give the code and the hint to support.',
    },
  },
  {
    codes: [40033],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '请求中含有不允许的字符。',
      remedy: '这是本产品的问题，请把错误码和 hint 提供给技术支持。',
    },
    en: {
      sentence: 'The request holds characters that are not allowed.',
      remedy: 'This is a fault of this product; give the code and the hint to support.',
    },
  },
  {
    codes: [40035, 40058, 40063, 301039],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '请求参数无效、超出范围或为空。',
      remedy: '请检查企业微信配置；若配置无误，请把错误码和 hint 提供给技术支持。',
    },
    en: {
      sentence: 'A parameter of the request is invalid, out of range or empty.',
      remedy: 'Check the WeCom settings; if they are right, give the code and the hint to support.',
    },
  },
  {
    codes: [41008, 41009, 41017, 41018, 41019],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '请求缺少必需的参数。', remedy: '这是本产品的问题，请把错误码和 hint 提供给技术支持。' },
    en: {
      sentence: 'The request lacks a required parameter.',
      remedy: 'This is a fault of this product; give the code and the hint to support.',
    },
  },
  {
    codes: [40070],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '标签中的成员和部门全部无效。', remedy: '请检查这些成员和部门是否仍存在且可见。' },
    en: {
      sentence: 'All members and departments of the tag are invalid.',
      remedy: 'Check that they still exist and are visible.',
    },
  },
  {
    codes: [40088, 40089, 302003, 302004, 302006, 302007],
    kind: 'parameter',
    retry: 'never',
    zh: { sentence: '通讯录导入或导出任务不存在、结果已清除或内容有误。', remedy: '请重新提交任务。' },
    en: {
      sentence: 'The import or export job is unknown, its result was purged, or its content is wrong.',
      remedy: 'Submit the job again.',
    },
  },
  {
    codes: [302005, 302008],
    kind: 'transient',
    retry: 'never',
    zh: { sentence: '企业微信正在执行另一个通讯录任务，或任务执行失败。', remedy: '请稍后再试。' },
    en: { sentence: 'WeCom runs another contact job, or the job failed.', remedy: 'Try again later.' },
  },
  {
    codes: [400010, 400011, 400012, 400013],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '自助解封失败：hint 无效、已过期、不支持解封或操作过于频繁。',
      remedy: '请等待限制自动解除，或联系企业微信客服。',
    },
    en: {
      sentence:
        'The block could not be lifted: the hint is invalid or expired, not allowed, or tried too often.',
      remedy: "Wait until the limit ends by itself, or ask WeCom's support.",
    },
  },
];
