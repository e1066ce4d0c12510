import { theme, type ThemeConfig } from "antd";

/** antd's tokens for one mode: the same colours as tokens.css, which draws everything of our own. */
export function antdTheme(dark: boolean, still: boolean): ThemeConfig {
  const colours = dark
    ? { bg: "#14171b", surface: "#1c2026", raised: "#23282f", line: "#2b3038", strong: "#3c434e", text: "#e6e8eb", text2: "#a5acb8", text3: "#9098a5", link: "#7eb0ff", danger: "#ff8d83" }
    : { bg: "#f5f6f8", surface: "#ffffff", raised: "#ffffff", line: "#e8eaee", strong: "#d3d7de", text: "#1f2329", text2: "#575f6b", text3: "#667080", link: "#1556bd", danger: "#b42318" };
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: dark ? "joinery-dark" : "joinery-light" },
    token: {
      // Told to keep still, antd must not wait for movements that never come.
      motion: !still,
      colorPrimary: "#1f6feb",
      colorLink: colours.link,
      colorLinkHover: colours.link,
      colorLinkActive: colours.link,
      colorError: colours.danger,
      colorBgLayout: colours.bg,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.raised,
      colorBorder: colours.strong,
      colorBorderSecondary: colours.line,
      colorSplit: colours.line,
      colorText: colours.text,
      colorTextSecondary: colours.text2,
      colorTextTertiary: colours.text3,
      colorTextPlaceholder: dark ? "#9098a5" : "#6b7482",
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: 32,
      fontSize: 14,
      fontFamily: "var(--font)",
      motionDurationFast: "0.12s",
      motionDurationMid: "0.14s",
      motionDurationSlow: "0.16s",
      boxShadow: "var(--shadow)",
      boxShadowSecondary: "var(--shadow)",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Tabs: { itemSelectedColor: colours.link, itemHoverColor: colours.link },
      Select: {
        optionSelectedFontWeight: 500,
        optionSelectedBg: dark ? "#1a2b45" : "#e9f1fe",
        optionActiveBg: dark ? "#2b3038" : "#f0f2f5",
      },
    },
  };
}
