import type { Locale } from '../../platform/http/locale.ts';

const zh = {
  read: (name: string, userId: string) => `已从企业微信读取「${name}」（${userId}）。`,
  gone: (userId: string, errcode: number) =>
    `企业微信中没有成员「${userId}」，或该成员不在应用的可见范围内（errcode ${errcode}）。请核对账号（userid）和应用的可见范围。`,
  hasLeft: (name: string, errcode: number) =>
    `「${name}」已退出：企业微信中没有该成员，或其不在应用的可见范围内（errcode ${errcode}），与本地一致。`,
  appDisabled: '应用已停用，请在企业微信管理后台启用后重试。',
  answeredAsLeft: (userId: string) => `企业微信返回成员「${userId}」的状态为已退出企业。`,
  listedNowhere: (names: string) => `所在部门的成员列表中也没有该成员：${names}。`,
  placedNowhere: '本地该成员不属于任何部门。',
  stillListed: (names: string) =>
    `部门 ${names} 的成员列表中仍有该成员，企业微信的回答不一致，不移除；由下一次同步判定。`,
  inDepartments: (names: string) => `在应用的可见范围内，所在部门：${names}。`,
  alone: '在应用的可见范围内：单独可见或通过标签可见，没有可见的部门。',
  notListed:
    '企业微信返回了该成员，但其不在任何可见部门中，也未单独或通过标签加入可见范围，同步不会列出该成员。请在企业微信管理后台扩大应用的可见范围。',
  unknownDepartments: (names: string) => `本地还没有部门 ${names}，不写入这些归属；请先同步组织架构。`,
  isNew: '本地没有该成员，将新建。',
  present: (name: string) => `与本地在职成员「${name}」对应。`,
  left: (name: string) => `与本地已离职成员「${name}」对应，将恢复为在职。`,
  disabledByAdmin: '该成员已被管理员停用，同步不会解除停用。',
  unchanged: '与本地一致，没有变更。',
  changes: (count: number) => `有 ${count} 项变更。`,
  kept: (names: string) => `企业微信没有返回部门 ${names} 的归属，此检查予以保留，是否移除由下一次同步判定。`,
  notAsked: '仅检查，未应用。',
  nothingToApply: '没有需要应用的变更。',
  applied: (count: number) => `已应用 ${count} 项变更。`,
  held: '移除保护已拦下此移除，待批准。',
  skipped: '上一步未通过，未执行。',
  department: (name: string, id: number) => `「${name}」（${id}）`,
  separator: '、',
};

const inEnglish = (count: number) => (count === 1 ? '1 change' : `${count} changes`);

const en: typeof zh = {
  read: (name, userId) => `Read “${name}” (${userId}) from WeCom.`,
  gone: (userId, errcode) =>
    `WeCom has no member “${userId}”, or they are outside the app's visible scope (errcode ${errcode}). Check the userid and the app's visible scope.`,
  hasLeft: (name, errcode) =>
    `“${name}” has left: WeCom has no such member, or not in the app's visible scope (errcode ${errcode}). That is how it is here as well.`,
  appDisabled: 'The app is disabled: enable it in the WeCom admin console, then try again.',
  answeredAsLeft: (userId) => `WeCom answers that member “${userId}” has left the company.`,
  listedNowhere: (names) => `The lists of their departments do not name them either: ${names}.`,
  placedNowhere: 'The member is in no department here.',
  stillListed: (names) =>
    `The lists of ${names} still name the member, so WeCom contradicts itself: not removed, the next sync decides.`,
  inDepartments: (names) => `In the app's visible scope, in ${names}.`,
  alone: "In the app's visible scope, on their own or by a tag, without a visible department.",
  notListed:
    "WeCom answers with this member, but no visible department, tag or single entry of the app's scope lists them, so a sync does not find them. Widen the app's visible scope in the WeCom admin console.",
  unknownDepartments: (names) =>
    `Not here yet: ${names}. The member's places there are left out; sync the org structure first.`,
  isNew: 'Not known here: would be created.',
  present: (name) => `Is “${name}” here, present.`,
  left: (name) => `Is “${name}” here, who left: would be restored.`,
  disabledByAdmin: 'An admin has disabled this member; a sync does not undo that.',
  unchanged: 'The same here: nothing would change.',
  changes: (count) => `${inEnglish(count)}.`,
  kept: (names) => `WeCom did not name ${names}: this check leaves the member there, the next sync decides.`,
  notAsked: 'Only checked, not applied.',
  nothingToApply: 'There is nothing to apply.',
  applied: (count) => `${inEnglish(count)} applied.`,
  held: 'The removal guard holds this removal: it awaits approval.',
  skipped: 'Not tried, since an earlier step failed.',
  department: (name, id) => `“${name}” (${id})`,
  separator: ', ',
};

/** What the check of one member says at each step; WeCom's refusals have their own table. */
export const memberCheckTexts: Record<Locale, typeof zh> = { zh, en };
