/** Line icons, drawn here: six life events and a few signs. Decoration only; the word beside them carries the meaning. */
const PATHS = {
  // 生活困难: a bowl of rice held up
  生活困难:
    "M4 12h16a8 8 0 0 1-5 7.400V21H9v-1.600A8 8 0 0 1 4 12zM8 8.500C8 7 9.500 7 9.500 5.500S8.500 4 8.500 3M13 8.500c0-1.500 1.500-1.500 1.500-3S13.500 4 13.500 3",
  // 家有老人: a person with a cane
  家有老人:
    "M10 6.500a2.250 2.250 0 1 0 0-4.500 2.250 2.250 0 0 0 0 4.500zM10 9c-2.500 0-4 2-4 4.500V16h2l.7 6M10 9c1.500 0 2.600.8 3.200 2.200L14.500 14H18v8M11.500 14.500 12.500 22",
  // 家有孩子: a smiling child
  家有孩子:
    "M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 5c-1-1.200-.6-2.600.8-3M9 12v.8M15 12v.8M9 16c1.700 1.700 4.300 1.700 6 0",
  // 身有残疾: a wheelchair
  身有残疾:
    "M10 5.500a1.750 1.750 0 1 0 0-3.500 1.750 1.750 0 0 0 0 3.500zM10 8v6.500h5.500l2.500 6h2M10 11h5M7.500 11.500a5.500 5.500 0 1 0 7.300 7.500",
  // 亲人去世: a candle
  亲人去世:
    "M9 10h6v11H9zM12 10V7.500M12 7.500c1.500 0 2.250-1.100 2.250-2.300C14.250 3.700 12 2 12 2S9.750 3.700 9.750 5.200c0 1.200.75 2.300 2.250 2.300zM6 21h12",
  // 结婚收养: two rings
  结婚收养:
    "M9 20a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM15 20a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM7 4.500h4L9 7z",
  other: "M5 3h10l4 4v14H5zM14 3v5h5M8.500 12h7M8.500 16h7",
  check: "M9 4h6v3H9zM15 5h4v16H5V5h4M8.500 14l2.500 2.500 4.500-5",
  track: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5M11 7.500V11l2.500 1.500",
  notice: "M4 10v4h3l7 4.500V5.500L7 10H4zM17.500 9c1.500 1.700 1.500 4.300 0 6M7 14l1.500 6H11l-1.200-4.500",
  help: "M8 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3.500 20v-5A4.500 4.500 0 0 1 8 10.500c1.800 0 3.200.9 4 2.300M17 12a2.250 2.250 0 1 0 0-4.500A2.250 2.250 0 0 0 17 12zM13 21v-2.500a4 4 0 0 1 8 0V21",
  ledger: "M4 5h16v14H4zM4 10h16M4 14.500h16M9.500 5v14",
  person: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 21a7.500 7.500 0 0 1 15 0",
  sound: "M4 9.500v5h3.500L12 19V5L7.500 9.500H4zM15.500 8.500c2 2 2 5 0 7M18 6c3.400 3.400 3.400 8.600 0 12",
  phone:
    "M6.500 3h3l1.500 4.500-2 1.500a11 11 0 0 0 6 6l1.500-2L21 14.500v3c0 2-1.500 3.500-3.500 3.500C10 20.500 3.500 14 3 6.500 3 4.500 4.500 3 6.500 3z",
} as const;

export function Icon(p: { name: string; size?: number }) {
  const d = p.name in PATHS ? PATHS[p.name as keyof typeof PATHS] : PATHS.other;
  return (
    <svg
      class="icon"
      width={p.size ?? 24}
      height={p.size ?? 24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
