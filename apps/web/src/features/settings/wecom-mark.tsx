/** A neutral sign for the WeCom card, not the vendor's trademark. */
export function WecomMark() {
  return (
    <svg className="om-wecom-mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <rect width="40" height="40" rx="8" fill="var(--om-selected)" />
      <path
        d="M9 18.5C9 13.8 13.5 10 19 10s10 3.8 10 8.5S24.5 27 19 27c-1.2 0-2.4-.2-3.5-.5L11 28.5l1.2-3.6C10.2 23.3 9 21 9 18.5Z"
        fill="none"
        stroke="var(--om-link)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="30" cy="27" r="3.5" fill="var(--om-success)" />
    </svg>
  );
}
