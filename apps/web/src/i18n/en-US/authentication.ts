import type { Messages } from '../zh-CN/messages.ts';

export const authentication: Messages['authentication'] = {
  title: 'Authentication',
  add: 'Add authentication provider',
  kind: { 'wecom-oauth2': 'OAuth2' },
  kindHelp: 'WeCom web authorization and QR sign-in',
  intro:
    'Members sign in with their WeCom identity. The credentials are the CorpID, AgentId and Secret under Connection.',
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
  enableEffect:
    'Only one provider can be enabled: {{other}} will be disabled, and members sign in with {{name}}.',
  disableTitle: 'Disable {{name}}?',
  disableEffect:
    'Members can no longer sign in with WeCom, only with an account. Existing sessions are not affected.',
  turnOn: 'Enable',
  disable: 'Disable',
  edit: 'Edit',
  delete: 'Delete',
  deleteTitle: 'Delete {{name}}?',
  deleteEffect:
    'Members can no longer sign in with it, and its verification file is deleted. Existing sessions and the QR sign-in switch are not affected.',
  deleteEffectOff: 'It is not enabled, so sign-in does not change; its verification file is deleted.',
  deleted: 'Deleted',
  empty: {
    title: 'No authentication providers yet',
    detail:
      'Add OAuth2: members are then signed in when they open the app in WeCom, or by QR code in a desktop browser.',
  },
  drawer: {
    addTitle: 'Add OAuth2 provider',
    editTitle: 'Edit authentication provider',
    name: 'Name',
    nameDefault: 'WeCom sign-in',
    nameRequired: 'Enter a name',
    nameHelp: 'What members see on the sign-in page.',
    description: 'Description',
    scope: 'Scope',
    scopes: {
      snsapi_base: {
        name: 'Silent',
        help: 'No prompt for members; WeCom returns only the userid.',
      },
      snsapi_privateinfo: {
        name: 'Ask for sensitive fields',
        help: "If the member consents, WeCom also returns avatar, gender, mobile, e-mail, company e-mail, QR code and address. First select the fields in the WeCom authorized login of the app; the member must be in the app's visible scope. Members consent on “My profile” and can withdraw. QR sign-in returns no sensitive fields.",
      },
    },
    returnOrigin: 'Return origin',
    returnOriginHelp:
      'Empty: the public address of this system. Only needed if users reach it under another domain, e.g. https://org.example.com.',
    returnOriginFormat: 'An origin such as https://org.example.com, without a path',
    advanced: 'Advanced',
    saved: 'Saved',
    created: 'Added, not enabled yet. Take the steps below, and enable it once the check has passed.',
  },
  step: {
    name: '1 Name and scope',
    console: '2 To enter in the WeCom admin console',
    file: '3 Verification file of the domain',
    check: '4 Check and enable',
  },
  console: {
    domain: 'Trusted domain',
    domainWhere: 'App Management → the app → Web authorization and JS-SDK → Trusted domain',
    redirectDomain: 'Authorized callback domain (web login)',
    redirectDomainWhere:
      'App Management → the app → WeCom authorized login → Web page → callback domain, the domain alone; WeCom then redirects to {{address}}',
    authorizeUrl: 'App home page',
    authorizeUrlWhere:
      'App Management → the app → App home page: members are signed in when they open the app',
    noAuthorizeUrl: 'Shown once CorpID and AgentId are saved.',
    copyDomain: 'Copy trusted domain',
    copyRedirectDomain: 'Copy authorized callback domain',
    copyAuthorizeUrl: 'Copy app home page',
  },
  file: {
    title: 'Domain verification file',
    help: 'To verify a trusted domain, WeCom provides a txt file whose name starts with WW_verify. Upload it here, and this system serves it at the root of its site.',
    choose: 'Choose file',
    replace: 'Replace file',
    served: 'Served',
    open: 'Open file',
    remove: 'Remove file',
    removeTitle: 'Remove the verification file?',
    removeEffect: 'WeCom checks it from time to time: without it the trusted domain may stop working.',
    removed: 'Removed',
    saved: 'Uploaded. Now click verify in the WeCom admin console',
    wrongName: 'Choose the file from WeCom; its name looks like WW_verify_….txt',
    wrongContent: 'Unexpected content: the file must hold one line of letters and digits. Download it again',
  },
  check: {
    run: 'Check',
    label: 'Authentication checks',
    help: 'Checks whether the app in WeCom trusts this domain.',
    name: { agent: 'Read the app', trustedDomain: 'Trusted domain', verificationFile: 'Verification file' },
    passed: 'All checks passed',
    warned: 'The check passed, with something to look at',
    enable: 'Enable this authentication',
  },
};
