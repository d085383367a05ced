import { TranslationOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useLanguage } from '../i18n/language.js';

/** Says the other language in that language's own words. */
export function LanguageSwitch({ dark = false }: { readonly dark?: boolean }) {
  const { language, choose } = useLanguage();
  const other = language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <Button
      type="text"
      lang={other}
      className={dark ? 'on-dark' : ''}
      icon={<TranslationOutlined />}
      onClick={() => choose(other)}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
