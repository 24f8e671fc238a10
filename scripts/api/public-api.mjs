import { dirname } from 'node:path';
import ts from 'typescript';
import { inOrder } from './in-order.mjs';

const printer = ts.createPrinter({ removeComments: true });
const OPTIONS = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
};

/** By folder: the declarations of everything a package exports, in the order of names, and of what those are made of. */
export function publicApi(packages) {
  const files = packages.flatMap(({ entries }) => entries.map(({ file }) => file));
  const program = ts.createProgram(files, OPTIONS);
  return packages.map(({ folder, name, entries }) => [folder, page(program, name, entries)]);
}

function page(program, name, entries) {
  const surface = new Surface(program, dirname(entries[0].file));
  const parts = entries.map((entry) => `## ${entry.name}\n\n${surface.exportsOf(entry.file).join('\n')}`);
  const behind = surface.behind();
  if (behind.length > 0) parts.push(`## Not exported, but visible in the above\n\n${behind.join('\n')}`);
  return `# What ${name} exports. Recorded by \`npm run api\`; do not edit.\n\n${parts.join('\n\n')}\n`;
}

/** The declarations of one package. */
class Surface {
  #program;
  #checker;
  #folder;
  /** Top-level declarations that were printed, and those that printed ones mention. */
  #printed = new Set();
  #mentioned = new Set();

  constructor(program, folder) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#folder = folder;
  }

  exportsOf(file) {
    const module = this.#checker.getSymbolAtLocation(this.#program.getSourceFile(file));
    const symbols = this.#checker.getExportsOfModule(module).toSorted(byName);
    return symbols.map((symbol) => this.#print(symbol, symbol.name));
  }

  /** Those that are only mentioned; printing one may mention more. */
  behind() {
    const found = [];
    for (const symbol of this.#mentioned) if (!this.#printed.has(symbol)) found.push([symbol, this.#print(symbol)]);
    return found.toSorted(([a], [b]) => byName(a, b)).map(([, text]) => text);
  }

  #print(exported, name) {
    const symbol = this.#resolved(exported);
    this.#printed.add(symbol);
    const own = symbol.declarations.filter((node) => this.#isOurs(node));
    if (own.length === 0) return `export ${name} of another package`;
    const renamed = name !== undefined && name !== symbol.name ? `// as ${name}\n` : '';
    return renamed + own.map((node) => this.#text(node)).join('\n');
  }

  #text(declaration) {
    const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    this.#collect(node);
    const textOf = (part) => printer.printNode(ts.EmitHint.Unspecified, part, node.getSourceFile());
    // Where a type stands inside the package is nobody's business.
    return textOf(inOrder(node, textOf)).replaceAll(/import\("\.[^"]*"\)\./g, '');
  }

  #collect(node) {
    if (ts.isIdentifier(node)) {
      const found = this.#checker.getSymbolAtLocation(node);
      const symbol = found && this.#resolved(found);
      if (symbol?.declarations?.some((at) => this.#isOurs(at) && isTopLevel(at))) this.#mentioned.add(symbol);
    }
    ts.forEachChild(node, (child) => this.#collect(child));
  }

  #resolved(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #isOurs(node) {
    return node.getSourceFile().fileName.startsWith(`${this.#folder}/`);
  }
}

const byName = (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name));

function isTopLevel(node) {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(statement.parent);
}
