import type { ThemeConfig } from 'antd';

/** Colours with a contrast of at least 4.5 to 1 on white, figures of one width, and system fonts with Chinese in front. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0f4c81',
    colorLink: '#0f4c81',
    colorSuccess: '#237a3b',
    colorWarning: '#9a5b00',
    colorError: '#b3261e',
    colorTextSecondary: '#4a5560',
    colorTextTertiary: '#5a6570',
    colorTextPlaceholder: '#67727d',
    colorTextDescription: '#4a5560',
    colorBgLayout: '#f3f5f8',
    borderRadius: 6,
    fontSize: 15,
    fontFamily:
      "-apple-system, BlinkMacSystemFont, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Segoe UI', Roboto, sans-serif",
  },
  components: {
    Layout: {
      headerBg: '#0f4c81',
      headerColor: '#ffffff',
      siderBg: '#ffffff',
      headerHeight: 56,
      headerPadding: '0 16px',
    },
    Table: { cellPaddingBlockSM: 6 },
  },
};
