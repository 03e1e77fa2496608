// Generates src/schema.ts, the types of the API, from the OpenAPI document of the service.
import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const [document] = process.argv.slice(2);
if (document === undefined) {
    throw new Error('usage: npm run generate -- OPENAPI.JSON');
}

// What can be the body of a request. The generator's default is a string.
const BYTES = ts.factory.createUnionTypeNode(
    ['Blob', 'ArrayBuffer', 'Uint8Array', 'ReadableStream'].map((name) => ts.factory.createTypeReferenceNode(name)),
);

const nodes = await openapiTS(new URL(document, `file://${process.cwd()}/`), {
    transform: (schema) => (schema.format === 'binary' ? BYTES : undefined),
});
await writeFile('src/schema.ts', `// Generated from the OpenAPI document.\n${astToString(nodes)}`);
