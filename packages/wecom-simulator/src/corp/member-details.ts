import type { Member } from './corp.ts';
import { hashText } from './random.ts';

/** The fields that apps created after 2022-06-20 20:00 get only by OAuth2 consent. */
export interface SensitiveDetails {
  readonly gender: '0' | '1' | '2';
  readonly avatar: string;
  readonly qr_code: string;
  readonly mobile: string;
  readonly email: string;
  readonly biz_mail: string;
  readonly address: string;
}

const roads = ['科苑路', '学府路', '滨河大道', '中山路', '人民路', '望京街', '天府大道', '软件园二路'];

/**
 * A member's sensitive fields: what the corp says, else derived from the userid, the same at every call.
 * Made-up mobiles start with 1990, mails end in `.example`.
 */
export function readSensitiveDetails(member: Member): SensitiveDetails {
  const extras = member.extras ?? {};
  const hash = hashText(member.userid.toLowerCase());
  const mailName = member.userid.toLowerCase().replaceAll('@', '.');
  const road = roads[hash % roads.length] ?? '';
  return {
    gender: extras.gender ?? (hash % 2 === 0 ? '1' : '2'),
    avatar: extras.avatar ?? `http://wx.qlogo.cn/mmhead/SIMULATED${hash}/0`,
    qr_code: extras.qr_code ?? `https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=simulated${hash}`,
    mobile: extras.mobile ?? `1990${String(hash % 10_000_000).padStart(7, '0')}`,
    email: extras.email ?? `${mailName}@mail.example`,
    biz_mail: extras.biz_mail ?? `${mailName}@xingchen.example`,
    address: extras.address ?? `深圳市南山区${road}${(hash % 200) + 1}号`,
  };
}
