import pdfmake from 'pdfmake';
import type { NamedStatement } from '../statement-reader.js';
import type { Language } from '../words.js';
import { FONT_FILES } from './fonts.js';
import { type Attachment, statementDocument } from './statement-document.js';

const files = Object.values(FONT_FILES);
// A document takes nothing but its fonts: no address is asked and no other file is read, whatever a text says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => files.includes(path));
pdfmake.setFonts({ Noto: { ...FONT_FILES } });

/**
 * A statement as a PDF with its font embedded and its data attached. The same statement gives the same bytes, whenever and
 * wherever it is printed. `attachments` are its proofs, where they can be given; none of them yet is said on the page.
 */
export async function statementPdf(
  statement: NamedStatement,
  language: Language,
  attachments?: readonly Attachment[],
): Promise<Buffer> {
  return pdfmake.createPdf(statementDocument(statement, language, attachments)).getBuffer();
}
