import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.js';
import './shell/shell.css';

const place = document.getElementById('portal');
if (place === null) throw new Error('The page has no place for the portal.');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
