/** Where the time comes from; tests bring their own. */
export type Now = () => Date;
