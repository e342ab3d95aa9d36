/** What lies over the page, asked for by a key or a button of the header. */
export type Overlay = 'palette' | 'shortcuts' | 'sync';
