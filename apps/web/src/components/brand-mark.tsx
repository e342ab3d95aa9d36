/** The product's mark: a tree and its mirror image. Decoration; the name stands beside it. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0958d9" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
        <path d="M16 5v4M8.5 13v-2a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v2" />
        <path d="M16 27v-4M8.5 19v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2" opacity=".5" />
        <path d="M4.5 16h23" strokeWidth="1.5" opacity=".85" />
      </g>
    </svg>
  );
}
