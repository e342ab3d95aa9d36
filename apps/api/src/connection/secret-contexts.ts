/** The contexts that secrets are sealed for. */
export const secretContexts = { app: 'wecom-secret', contacts: 'wecom-contact-secret' } as const;
