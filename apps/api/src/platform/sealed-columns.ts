/** What a value is sealed for: it opens for nothing else. */
export const sealContexts = {
  appSecret: 'wecom-secret',
  contactSecret: 'wecom-contact-secret',
  accessToken: 'wecom-access-token',
  callbackToken: 'callback-token',
  callbackAesKey: 'callback-aes-key',
  eventText: 'callback-event',
  memberContacts: 'member-sensitive',
  memberAuthorised: 'member-authorised',
  changeValues: 'sync-change',
  mailPassword: 'notice-mail-password',
  webhookSecret: 'notice-webhook-secret',
  exportKey: 'export-file-key',
  secretCheck: 'installation.secret-check',
} as const;

export interface SealedColumn {
  table: string;
  column: string;
  contexts: readonly string[];
  /** Beside it: a keyed digest made from the value, which is of the same secret. */
  digestColumn?: string;
}

/** Where sealed values lie, for who must find them all; the check of the secret itself is not among them. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'wecom_connection', column: 'secret_sealed', contexts: [sealContexts.appSecret] },
  { table: 'wecom_connection', column: 'contact_secret_sealed', contexts: [sealContexts.contactSecret] },
  { table: 'wecom_access_token', column: 'token_sealed', contexts: [sealContexts.accessToken] },
  { table: 'callback_endpoint', column: 'token_sealed', contexts: [sealContexts.callbackToken] },
  { table: 'callback_endpoint', column: 'aes_key_sealed', contexts: [sealContexts.callbackAesKey] },
  { table: 'callback_event', column: 'sealed', contexts: [sealContexts.eventText] },
  {
    table: 'member_sensitive',
    column: 'sealed',
    contexts: [sealContexts.memberContacts, sealContexts.memberAuthorised],
    digestColumn: 'mobile_digest',
  },
  { table: 'sync_change', column: 'sealed_values', contexts: [sealContexts.changeValues] },
  {
    table: 'sync_change',
    column: 'sealed_document',
    contexts: [sealContexts.memberContacts],
    digestColumn: 'mobile_digest',
  },
  { table: 'notice_settings', column: 'mail_password_sealed', contexts: [sealContexts.mailPassword] },
  { table: 'notice_settings', column: 'webhook_secret_sealed', contexts: [sealContexts.webhookSecret] },
  { table: 'export', column: 'file_key_sealed', contexts: [sealContexts.exportKey] },
];
