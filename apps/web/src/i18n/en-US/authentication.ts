import type { Messages } from '../zh-CN/messages.ts';

export const authentication: Messages['authentication'] = {
  add: 'Add authentication',
  kind: { 'wecom-oauth2': 'OAuth2' },
  kindHelp: 'WeCom web authorisation and QR sign-in',
  intro:
    'Members sign in with their WeCom identity. The credentials are the CorpID, AgentId and Secret of WeCom under Integrations.',
  column: {
    name: 'Name',
    status: 'Status',
    description: 'Description',
    createdAt: 'Created',
    updatedAt: 'Updated',
    actions: 'Actions',
  },
  enable: 'Enable {{name}}',
  enabled: 'Enabled: members can sign in with WeCom',
  disabled: 'Disabled: members can no longer sign in with WeCom',
  enableTitle: 'Enable {{name}}?',
  enableEffect: 'Only one can be enabled: {{other}} is disabled, and members sign in by {{name}}.',
  disableTitle: 'Disable {{name}}?',
  disableEffect:
    'Members can no longer sign in with WeCom, only with an account. Those signed in are not affected.',
  turnOn: 'Enable',
  disable: 'Disable',
  edit: 'Edit',
  delete: 'Delete',
  deleteTitle: 'Delete {{name}}?',
  deleteEffect:
    'Members can no longer sign in by it, and its verification file is deleted. Those signed in are not affected; the QR sign-in switch stays as it is.',
  deleteEffectOff: "It is not enabled, so nobody's sign-in changes; its verification file is deleted.",
  deleted: 'Deleted',
  empty: {
    title: 'No authentication yet',
    detail:
      'Add OAuth2, and members are signed in as they open the app in WeCom, or by QR code in a desktop browser.',
  },
  drawer: {
    addTitle: 'Add OAuth2 authentication',
    editTitle: 'Edit authentication',
    name: 'Name',
    nameDefault: 'WeCom sign-in',
    nameRequired: 'Enter a name',
    nameHelp: 'What members see on the sign-in page.',
    description: 'Description',
    scope: 'Scope',
    scopes: {
      snsapi_base: {
        name: 'Silent',
        help: 'Members notice nothing; only the userid comes, to know who it is.',
      },
      snsapi_privateinfo: {
        name: 'Sign in and ask for details',
        help: "With the member's consent avatar, gender, mobile, e-mail, company e-mail, QR code and address come too. Tick the wanted fields under the app's WeCom authorised login first; the member has to be in the app's visible scope. Members authorise on “My profile” and can withdraw. QR sign-in brings no details.",
      },
    },
    returnOrigin: 'Return origin',
    returnOriginHelp:
      'Empty: the public address of this system. Only needed when people reach it by another domain, e.g. https://org.example.com.',
    returnOriginFormat: 'An origin such as https://org.example.com, without a path',
    advanced: 'Advanced',
    saved: 'Saved',
    created: 'Added. Finish the settings below in the WeCom admin console, then click “Check”.',
  },
  console: {
    title: 'To enter in the WeCom admin console',
    domain: 'Trusted domain',
    domainWhere: 'App Management → the app → Web authorisation and JS-SDK → Trusted domain',
    redirectUri: 'Authorised callback domain (web login)',
    redirectUriWhere:
      'App Management → the app → WeCom authorised login → Web page → callback domain: the domain above; people then return to this address',
    authorizeUrl: 'App home page',
    authorizeUrlWhere: 'App Management → the app → App home page: members are signed in as they open the app',
    noAuthorizeUrl: 'Shown once CorpID and AgentId are saved.',
    copyDomain: 'Copy trusted domain',
    copyRedirectUri: 'Copy callback address',
    copyAuthorizeUrl: 'Copy app home page',
  },
  file: {
    title: 'Domain verification file',
    help: 'For a trusted domain WeCom gives out a txt file that begins with WW_verify, to prove that the domain is yours. Upload it here, and this system serves it at the root of its site.',
    choose: 'Choose file',
    replace: 'Replace file',
    served: 'Served now',
    open: 'Open file',
    remove: 'Remove file',
    removeTitle: 'Remove the verification file?',
    removeEffect:
      'WeCom looks for it again from time to time: without it the trusted domain may stop working.',
    removed: 'Removed',
    saved: 'Uploaded: press verify in the WeCom admin console',
    wrongName: 'Choose the file that WeCom gave out; its name looks like WW_verify_….txt',
    wrongContent: 'Not the right content: one line of letters and digits is expected. Download it again',
  },
  check: {
    run: 'Check',
    label: 'Authentication checks',
    help: 'Checks whether the app in WeCom trusts this domain.',
    name: { agent: 'Read the app', trustedDomain: 'Trusted domain', verificationFile: 'Verification file' },
    passed: 'All checks passed',
  },
};
