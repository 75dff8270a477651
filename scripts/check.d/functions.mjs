// Lengths of functions, without a parser: comments, strings and characters are blanked out first, so
// that only the code's own braces count. A function is a brace that follows a parameter list (and what
// may stand between: const, noexcept, an initialiser list, a return type). Enough to hold a limit.

/** The same text with every comment and literal replaced by blanks; lines and offsets stay. */
export function blank(source) {
  const blanks = (match) => match.replace(/[^\n]/g, " ");
  return source.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g,
    blanks,
  );
}

const head =
  /([\w~:.#$<>]+)\s*\([^;{}]*\)\s*(?:const|noexcept|override|final|mutable|try|->[^;{}()]*|:[^;{}]*|\s)*$/;
const notFunctions = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "return",
  "sizeof",
  "constructor",
]);

/** @returns {{name: string, line: number, lines: number}[]} functions, outermost first */
export function functionsOf(source) {
  const code = blank(source);
  const open = [];
  const found = [];
  for (let at = 0; at < code.length; at++) {
    if (code[at] === "{") open.push(at);
    if (code[at] !== "}" || !open.length) continue;
    const start = open.pop();
    const before = code.slice(Math.max(0, start - 600), start);
    const declaration = before.slice(
      Math.max(before.lastIndexOf(";"), before.lastIndexOf("}"), before.lastIndexOf("{")) + 1,
    );
    const name = declaration.match(head)?.[1];
    if (!name || notFunctions.has(name) || /\b(class|struct|namespace|enum)\b/.test(declaration))
      continue;
    const line = code.slice(0, start).split("\n").length;
    found.push({ name, line, lines: code.slice(start, at).split("\n").length });
  }
  return found;
}
