import pdfmake from 'pdfmake';
import type { NamedStatement } from '../statement-reader.js';
import type { Language } from '../words.js';
import { FONT_FILES } from './fonts.js';
import { type Printing, statementDocument } from './statement-document.js';

const files = Object.values(FONT_FILES);
// A document takes nothing but its fonts: no address is asked and no other file is read, whatever a text says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => files.includes(path));
pdfmake.setFonts({ Noto: { ...FONT_FILES } });

/**
 * A statement as a PDF with its font embedded and its data attached. The same statement gives the same bytes, whenever and
 * wherever it is printed. Proofs that cannot be given yet are said to be on their way.
 */
export async function statementPdf(
  statement: NamedStatement,
  language: Language,
  printing: Printing = {},
): Promise<Buffer> {
  return pdfmake.createPdf(statementDocument(statement, language, printing)).getBuffer();
}
