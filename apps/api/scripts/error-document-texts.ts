import type { ErrorEntry as ApiErrorEntry } from '@orgmirror/contracts';
import type { ApiErrorKind, RetryClass } from '@orgmirror/wecom';

interface DocumentTexts {
  title: string;
  intro: string;
  apiHeading: string;
  apiIntro: string;
  apiColumns: readonly string[];
  yes: string;
  no: string;
  seeWecom: string;
  fixedBy: Record<ApiErrorEntry['fixedBy'], string>;
  wecomHeading: string;
  wecomIntro: string;
  wecomColumns: readonly string[];
  kinds: Record<Exclude<ApiErrorKind, 'unknown'>, string>;
  unknownHeading: string;
  retry: Record<RetryClass, string>;
  networkHeading: string;
  networkIntro: string;
  networkColumns: readonly string[];
}

const zh: DocumentTexts = {
  title: '错误与处理',
  intro:
    '本页由程序中的错误表生成，与控制台显示的文字一致。先看错误出自哪里：有 errcode 的是企业微信返回的；没有 errcode 而连接失败的是网络问题；其余是 OrgMirror 自身的错误。',
  apiHeading: 'OrgMirror 的错误',
  apiIntro:
    '接口以 `application/problem+json`（RFC 9457）返回错误，其中的 `code` 就是下表第一列。`requestId` 与服务器日志中的编号一致。',
  apiColumns: ['code', 'HTTP', '发生了什么', '如何处理', '由谁处理', '可重试'],
  yes: '是',
  no: '否',
  seeWecom: '原因和处理办法见下文企业微信与网络的各表。',
  fixedBy: { caller: '操作者', admin: '管理员', operator: '服务器维护者', wecom: '企业微信' },
  wecomHeading: '企业微信的错误码',
  wecomIntro: '点击错误码可打开企业微信自己的说明。“自动处理”是 OrgMirror 在报错之前已经做过的事。',
  wecomColumns: ['errcode', '含义', '如何处理', '自动处理'],
  kinds: {
    credentials: '企业 ID 与密钥',
    agent: '应用',
    ip: '可信 IP',
    permission: '接口权限',
    scope: '可见范围',
    rate: '频率限制',
    concurrency: '并发限制',
    token: '访问令牌',
    transient: '暂时性故障',
    gone: '已不存在',
    corp: '企业状态',
    quota: '数量上限',
    parameter: '参数与数据',
    signIn: '登录与域名',
  },
  unknownHeading: '其他错误码',
  retry: {
    never: '无',
    backOff: '共试 3 次',
    waitWindow: '等待限制解除后重试',
    refreshToken: '更换令牌后重试一次',
    signInAgain: '无，由成员重新登录',
    stop: '无，需先处理',
  },
  networkHeading: '网络与返回内容',
  networkIntro: '这些错误没有 errcode：请求没有到达企业微信，或返回的内容不能使用。',
  networkColumns: ['类型', '发生了什么', '如何处理'],
};

const en: DocumentTexts = {
  title: 'Errors and what to do',
  intro:
    'This page is generated from the error tables of the program; its words are those of the console. First see where an error comes from: one with an errcode is WeCom’s answer, one about the connection is the network’s, any other is OrgMirror’s own.',
  apiHeading: 'Errors of OrgMirror',
  apiIntro:
    'The API answers errors as `application/problem+json` (RFC 9457); their `code` is the first column. The `requestId` is the one in the server’s log.',
  apiColumns: ['code', 'HTTP', 'What happened', 'What to do', 'Who can mend it', 'Retry'],
  yes: 'yes',
  no: 'no',
  seeWecom: 'For the cause and the remedy see the tables of WeCom and of the network below.',
  fixedBy: { caller: 'the caller', admin: 'an admin', operator: 'who runs the server', wecom: 'WeCom' },
  wecomHeading: 'Errcodes of WeCom',
  wecomIntro:
    'A code links to WeCom’s own note. “Done already” is what OrgMirror did before it reported the error.',
  wecomColumns: ['errcode', 'Meaning', 'What to do', 'Done already'],
  kinds: {
    credentials: 'CorpID and Secret',
    agent: 'The app',
    ip: 'Trusted IP',
    permission: 'Permission to call',
    scope: 'Visible scope',
    rate: 'Rate limits',
    concurrency: 'Concurrency',
    token: 'Access token',
    transient: 'Failures that pass',
    gone: 'No longer there',
    corp: 'State of the company',
    quota: 'Limits in number',
    parameter: 'Parameters and data',
    signIn: 'Sign-in and domains',
  },
  unknownHeading: 'Any other code',
  retry: {
    never: 'nothing',
    backOff: 'tried 3 times in all',
    waitWindow: 'waited for the limit to end, tried again',
    refreshToken: 'renewed the token, tried once more',
    signInAgain: 'nothing: the member signs in again',
    stop: 'nothing: an admin acts first',
  },
  networkHeading: 'Network and unusable answers',
  networkIntro: 'These have no errcode: the request did not reach WeCom, or what came back cannot be used.',
  networkColumns: ['Kind', 'What happened', 'What to do'],
};

/** The words around the tables, in both languages. */
export const documentTexts: Record<'zh' | 'en', DocumentTexts> = { zh, en };
