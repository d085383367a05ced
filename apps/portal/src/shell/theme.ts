import type { ThemeConfig } from 'antd';

/** Colours with a contrast of at least 4.5 to 1 on white, figures of one width, and system fonts with Chinese in front. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0f4c81',
    colorLink: '#0f4c81',
    colorInfo: '#0f4c81',
    colorSuccess: '#237a3b',
    colorWarning: '#9a5b00',
    colorError: '#b3261e',
    colorTextSecondary: '#4a5560',
    colorTextTertiary: '#5a6570',
    colorTextPlaceholder: '#67727d',
    colorTextDescription: '#4a5560',
    colorPrimaryBg: '#e4eef8',
    colorPrimaryBgHover: '#d3e3f3',
    colorSuccessBg: '#e9f5ec',
    colorSuccessBorder: '#9fcfae',
    colorWarningBg: '#fff5e3',
    colorWarningBorder: '#e3bf85',
    colorErrorBg: '#fdeeec',
    colorErrorBorder: '#e5a9a4',
    colorInfoBg: '#e8f1fa',
    colorInfoBorder: '#a9c8e6',
    controlItemBgActive: '#e4eef8',
    controlItemBgActiveHover: '#d3e3f3',
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
    Menu: { itemSelectedBg: '#e4eef8', itemSelectedColor: '#0f4c81' },
    Table: { cellPaddingBlockSM: 6 },
  },
};
