import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';

/**
 * A panel over the page, at its side or in its middle. It is the browser's own dialogue: it keeps the focus inside, closes
 * with Escape, gives the focus back, and writes no styles that the page's policy would keep out.
 */
export function Panel(props: {
  readonly isOpen: boolean;
  readonly title: string;
  readonly close: () => void;
  readonly place?: 'side' | 'middle';
  readonly children: ReactNode;
}) {
  const { isOpen, title, close, place = 'side', children } = props;
  const say = useText(shellWords);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={`panel panel-${place}`}
      aria-label={title}
      onClose={(event) => {
        // React hands the closing of a panel inside this one up to it as well.
        if (event.target === event.currentTarget) close();
      }}
    >
      {isOpen ? (
        <>
          <header className="panel-head">
            <h2 className="panel-title">{title}</h2>
            <Button type="text" icon={<CloseOutlined />} aria-label={say('close')} onClick={close} />
          </header>
          <div className="panel-content">{children}</div>
        </>
      ) : null}
    </dialog>
  );
}
