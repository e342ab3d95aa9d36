import type { Language } from '../../config/preferences.ts';

const zhCN = {
  productName: '组织镜像',
  tagline: '把企业微信的组织架构，准确地保存在自己的系统里',
  language: 'English',
  languageLabel: '切换到英文',
  loading: '正在打开',
  requestId: '请求编号',
  unreachable: {
    title: '无法连接服务器',
    detail: '网络可能已断开，或服务正在启动。请稍后重试。',
    retry: '重试',
  },
  signIn: {
    title: '账号登录',
    lead: '使用本系统的账号登录。',
    username: '账号',
    password: '密码',
    submit: '登录',
    submitting: '正在登录',
    wait: '{seconds} 秒后可重试',
    required: '请填写',
  },
  setup: {
    title: '创建管理员',
    lead: '首次使用：初始化码已打印在服务器启动时的终端里。',
    setupCode: '初始化码',
    setupCodeHint: '在运行服务器的终端中查找“初始化码”。',
    username: '账号',
    usernameHint: '字母、数字和 . _ @ -',
    password: '密码',
    passwordShort: '至少 12 个字符，还差 {count} 个',
    passwordHint: '至少 12 个字符',
    passwordMet: '长度符合要求',
    confirm: '确认密码',
    confirmDiffers: '两次输入的密码不一致',
    submit: '创建并登录',
    submitting: '正在创建',
    goToSignIn: '前往登录',
  },
};

/** The few texts before sign-in; they do not wait for a language file. */
export type EntryTexts = typeof zhCN;

const enUS: EntryTexts = {
  productName: 'OrgMirror',
  tagline: 'Your WeCom org structure, kept exactly in your own system',
  language: '中文',
  languageLabel: 'Switch to Chinese',
  loading: 'Opening',
  requestId: 'Request',
  unreachable: {
    title: 'The server cannot be reached',
    detail: 'The network may be down, or the service is starting. Try again shortly.',
    retry: 'Retry',
  },
  signIn: {
    title: 'Account sign-in',
    lead: 'Sign in with an account of this system.',
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing in',
    wait: 'Try again in {seconds} s',
    required: 'Required',
  },
  setup: {
    title: 'Create the admin',
    lead: 'First run: the server printed a setup code in its terminal at start.',
    setupCode: 'Setup code',
    setupCodeHint: 'Look for "Setup code" in the terminal that runs the server.',
    username: 'Username',
    usernameHint: 'Letters, digits and . _ @ -',
    password: 'Password',
    passwordShort: 'At least 12 characters, {count} to go',
    passwordHint: 'At least 12 characters',
    passwordMet: 'Long enough',
    confirm: 'Confirm password',
    confirmDiffers: 'The two passwords differ',
    submit: 'Create and sign in',
    submitting: 'Creating',
    goToSignIn: 'Go to sign-in',
  },
};

export const entryTexts: Record<Language, EntryTexts> = { 'zh-CN': zhCN, 'en-US': enUS };
