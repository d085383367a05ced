export { explanationText } from './explanation-text.js';
export { fundsText, verificationText } from './fund-text.js';
export { restatementText } from './restatement-text.js';
export { simulationText } from './simulation-text.js';
export { statementText } from './statement-text.js';
export { statisticsText } from './statistics-text.js';
export { grouped, table } from './table.js';
