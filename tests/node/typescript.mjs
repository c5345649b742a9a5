// What graphql-codegen makes of a schema and a client's documents, and whether TypeScript accepts it:
// `node typescript.mjs SCHEMA DOCUMENTS PROGRAM FOLDER`. Writes the types into FOLDER beside a copy of PROGRAM, which uses them,
// and prints each fault that the compiler finds as a line of JSON.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import * as typescript from "@graphql-codegen/typescript";
import { buildSchema, parse } from "graphql";
import ts from "typescript";

const [schemaFile, documentsFile, programFile, folder] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, "utf8"));
const parsed = { schema: parse(readFileSync(schemaFile, "utf8")), schemaAst: schema };
const documents = [{ location: documentsFile, document: parse(readFileSync(documentsFile, "utf8")) }];
const scalars = Object.fromEntries(["Date", "DateTime", "URL"].map((name) => [name, "string"]));
const config = { scalars, strictScalars: true, enumsAsTypes: true };
const make = (filename, documents, name, plugin) =>
  codegen({ ...parsed, filename, documents, config, plugins: [{ [name]: {} }], pluginMap: { [name]: plugin } });

const files = {
  "schema.ts": await make("schema.ts", [], "typescript", typescript),
  "operations.ts": await make("operations.ts", documents, "typescriptOperations", typescriptOperations),
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
const program = join(folder, basename(programFile));
copyFileSync(programFile, program);

const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
const compiled = ts.createProgram([program, ...Object.keys(files).map((name) => join(folder, name))], options);
for (const fault of ts.getPreEmitDiagnostics(compiled)) {
  const message = ts.flattenDiagnosticMessageText(fault.messageText, " ");
  console.log(JSON.stringify({ file: fault.file && basename(fault.file.fileName), code: fault.code, message }));
}
for (const [file, text] of Object.entries(files)) console.log(JSON.stringify({ file, characters: text.length }));
