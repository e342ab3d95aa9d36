/** What may hold a semicolon that ends nothing: comments, quoted texts and names, dollar-quoted bodies. */
const opaque = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y;

/** The statements of a SQL script, without the semicolons between them; comments stay with the statement after them. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (let at = 0; at < script.length; ) {
    opaque.lastIndex = at;
    const length = opaque.exec(script)?.[0].length ?? 0;
    if (length === 0 && script[at] === ';') {
      statements.push(script.slice(start, at));
      start = at + 1;
    }
    at += Math.max(length, 1);
  }
  statements.push(script.slice(start));
  return statements.map((statement) => statement.trim()).filter(isNoComment);
}

const isNoComment = (statement: string): boolean =>
  statement.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '';
