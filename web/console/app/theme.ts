import type { ThemeConfig } from "antd";

const calm = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The tokens of kit/tokens.css as antd wants them. */
export const theme: ThemeConfig = {
  cssVar: { key: "wuxin" },
  hashed: false,
  token: {
    colorPrimary: "#0b5cad",
    colorInfo: "#0b5cad",
    colorLink: "#0950b3",
    colorError: "#b42318",
    colorWarning: "#b54708",
    colorSuccess: "#067647",
    colorText: "#1b2733",
    colorTextSecondary: "#5b6776",
    colorTextTertiary: "#5b6776",
    colorTextPlaceholder: "#6b7684",
    colorTextDisabled: "#6b7684",
    colorBorder: "#c8cfd8",
    colorBorderSecondary: "#e4e7ec",
    colorBgLayout: "#f7f8fa",
    borderRadius: 6,
    fontSize: 14,
    lineHeight: 1.6,
    fontFamily: "var(--font)",
    fontWeightStrong: 600,
    controlHeight: 32,
    boxShadow: "var(--shadow)",
    boxShadowSecondary: "var(--shadow)",
    motion: calm,
  },
  components: {
    Table: {
      headerBg: "#f7f8fa",
      headerColor: "#5b6776",
      headerSplitColor: "transparent",
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 10,
      rowHoverBg: "#eff6fc",
    },
    Drawer: { paddingLG: 20 },
    Tabs: { horizontalItemPadding: "10px 0", horizontalItemGutter: 24 },
  },
};
