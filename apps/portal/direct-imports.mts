import type { Plugin } from 'vite';

/** Packages whose index re-exports everything, and where each part of them stands by itself. */
const BARRELS: Readonly<Record<string, (name: string) => string>> = {
  antd: (name) => `antd/es/${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`,
  '@ant-design/icons': (name) => `@ant-design/icons/es/icons/${name}`,
};

/**
 * Turns `import { Table } from 'antd'` into an import of the table alone. Otherwise the bundler reaches every part from
 * the first page, through the package's index, and puts what one room needs into what everybody loads.
 */
export function directImports(): Plugin {
  return {
    name: 'direct-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || id.includes('node_modules')) return null;
      const direct = code.replace(
        /^import \{([^}]*)\} from '(antd|@ant-design\/icons)';$/gm,
        (_, names: string, from: string) =>
          names
            .split(',')
            .map((each) => each.trim())
            .filter((each) => each !== '' && !each.startsWith('type '))
            .map(
              (each) => `import ${each.split(' as ').at(-1)} from '${BARRELS[from]?.(each.split(' as ')[0] ?? '')}';`,
            )
            .join(' '),
      );
      return direct === code ? null : { code: direct, map: null };
    },
  };
}
