/** The product's mark: a tree and its mirror image. Decoration; the name stands beside it. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0958d9" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
        <path d="M16 7v3.2M10 13v-1.4a1.4 1.4 0 0 1 1.4-1.4h9.2a1.4 1.4 0 0 1 1.4 1.4V13" />
        <path
          d="M16 25v-3.2M10 19v1.4a1.4 1.4 0 0 0 1.4 1.4h9.2a1.4 1.4 0 0 0 1.4-1.4V19"
          opacity=".55"
        />
        <path d="M6 16h20" strokeWidth="1.4" strokeDasharray=".1 2.8" />
      </g>
    </svg>
  );
}
