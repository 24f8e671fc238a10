const SAMPLE = /^<!-- file: (\S+) -->\n\n?```(\w+)\n([\s\S]*?)^```$/gm;
const CODE = /^```(?:ts|typescript|js|javascript)$/gm;

/**
 * The page with each sample replaced by what its file holds now: a fenced block below `<!-- file: examples/… -->`. Code without such a line is
 * an error: nobody would notice when it stops working.
 */
export function withSamples(text, read) {
  const errors = [];
  const updated = text.replaceAll(SAMPLE, (block, file, language) => {
    try {
      return `<!-- file: ${file} -->\n\n\`\`\`${language}\n${read(file).trimEnd()}\n\`\`\``;
    } catch {
      errors.push(`the sample names ${file}, which cannot be read`);
      return block;
    }
  });
  const orphans = [...text.replaceAll(SAMPLE, '').matchAll(CODE)];
  if (orphans.length > 0) errors.push(`${orphans.length} code blocks come from no file`);
  return { updated, errors };
}
