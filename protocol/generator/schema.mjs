// Reads protocol/schema/*.json and refuses what the subset does not allow. The result is one plain
// model that the writers of C++, TypeScript and the reference walk in order.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const RUNS = ["inline", "session", "meta", "pool", "thread"];
const SCALARS = ["string", "integer", "number", "boolean"];

class SchemaError extends Error {}

function refuse(where, why) {
  throw new SchemaError(`protocol/schema: ${where}: ${why}`);
}

function requireDescription(where, value) {
  if (typeof value.description !== "string" || !/[.…]$/.test(value.description.trim()))
    refuse(where, "needs a description that ends with a full stop");
}

/** Type of a property: {scalar} | {ref} | {array: type}. */
function readType(where, property) {
  if (property.$ref) return { ref: property.$ref };
  if (property.type === "array") {
    if (!property.items) refuse(where, "array without items");
    return { array: readType(`${where}[]`, property.items) };
  }
  if (SCALARS.includes(property.type)) return { scalar: property.type };
  refuse(where, `type ${JSON.stringify(property.type)} is outside the subset`);
}

function readObject(name, definition) {
  const required = new Set(definition.required ?? []);
  const fields = Object.entries(definition.properties).map(([field, property]) => {
    const where = `${name}.${field}`;
    requireDescription(where, property);
    if (!/^[a-z][A-Za-z0-9]*$/.test(field)) refuse(where, "field names are camelCase");
    if (field === "kind" && !property.$ref && name.endsWith("Event"))
      refuse(where, "`kind` is the mark of a union");
    return {
      name: field,
      description: property.description,
      type: readType(where, property),
      optional: !required.delete(field),
      secret: property["x-secret"] === true,
    };
  });
  for (const missing of required) refuse(name, `requires the unknown field ${missing}`);
  return { kind: "object", name, description: definition.description, fields };
}

function readTypeDefinition(name, definition) {
  requireDescription(name, definition);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) refuse(name, "type names are PascalCase");
  if (definition.enum)
    return { kind: "enum", name, description: definition.description, values: definition.enum };
  if (definition.oneOf)
    return {
      kind: "union",
      name,
      description: definition.description,
      variants: definition.oneOf.map((variant) => ({ mark: variant.kind, ref: variant.type })),
    };
  if (definition.properties) return readObject(name, definition);
  refuse(name, "is neither enum, oneOf nor object");
}

function readRequest(domain, name, request) {
  requireDescription(name, request);
  if (!RUNS.includes(request.runs)) refuse(name, `runs must be one of ${RUNS.join(", ")}`);
  if (request.stream && !["block", "conflate"].includes(request.overflow))
    refuse(name, "a stream needs an overflow policy: block or conflate");
  return {
    domain,
    name,
    description: request.description,
    runs: request.runs,
    params: request.params,
    result: request.result,
    stream: request.stream,
    overflow: request.overflow,
    frames: request.frames === true,
  };
}

/** Objects before those that hold them by value; arrays may refer forwards (PlanNode.children). */
function inDependencyOrder(types) {
  const ordered = [];
  const state = new Map();
  const visit = (type) => {
    if (state.get(type.name) === "done") return;
    if (state.get(type.name) === "open") refuse(type.name, "contains itself by value");
    state.set(type.name, "open");
    const follow = (fieldType) => {
      if (fieldType.array?.ref === type.name) return;
      if (fieldType.array) follow(fieldType.array);
      if (fieldType.ref) visit(types.get(fieldType.ref));
    };
    if (type.kind === "object") for (const field of type.fields) follow(field.type);
    if (type.kind === "union") for (const variant of type.variants) visit(types.get(variant.ref));
    state.set(type.name, "done");
    ordered.push(type);
  };
  for (const type of types.values()) visit(type);
  return ordered;
}

function checkReferences(model, types) {
  const known = (where, name) => {
    if (!types.has(name)) refuse(where, `unknown type ${name}`);
  };
  const follow = (where, type) => {
    if (type.array) follow(where, type.array);
    if (type.ref) known(where, type.ref);
  };
  for (const type of types.values()) {
    if (type.kind === "object")
      for (const field of type.fields) follow(`${type.name}.${field.name}`, field.type);
    if (type.kind === "union")
      for (const variant of type.variants) known(`${type.name}.${variant.mark}`, variant.ref);
  }
  for (const request of [...model.requests, ...model.reverseRequests]) {
    known(request.name, request.params);
    known(request.name, request.result);
    if (request.stream) known(request.name, request.stream);
    const params = types.get(request.params);
    const has = (field) => params.fields.find((candidate) => candidate.name === field);
    if (request.stream && !has("stream")) refuse(request.name, "params need `stream`");
    if (["session", "meta"].includes(request.runs) && !has("sessionId"))
      refuse(request.name, "params need `sessionId`");
  }
  for (const notification of model.notifications) known(notification.name, notification.params);
}

export function loadSchema(directory) {
  const model = { domains: [], types: [], requests: [], reverseRequests: [], notifications: [] };
  const types = new Map();
  for (const file of readdirSync(directory).sort()) {
    if (!file.endsWith(".json")) continue;
    const schema = JSON.parse(readFileSync(path.join(directory, file), "utf8"));
    requireDescription(file, schema);
    model.domains.push({ name: schema.domain, description: schema.description });
    for (const [name, definition] of Object.entries({ ...schema.types, ...schema.moreTypes })) {
      if (types.has(name)) refuse(`${file} ${name}`, "is defined twice");
      types.set(name, { domain: schema.domain, ...readTypeDefinition(name, definition) });
    }
    for (const [name, request] of Object.entries(schema.requests ?? {}))
      model.requests.push(readRequest(schema.domain, name, request));
    for (const [name, request] of Object.entries(schema.reverseRequests ?? {})) {
      requireDescription(name, request);
      model.reverseRequests.push({ domain: schema.domain, name, ...request });
    }
    for (const [name, notification] of Object.entries(schema.notifications ?? {})) {
      requireDescription(name, notification);
      model.notifications.push({ domain: schema.domain, name, ...notification });
    }
  }
  checkReferences(model, types);
  model.types = inDependencyOrder(types);
  model.typeByName = types;
  return model;
}

/** JSON pointers of the secret fields below a type, for the logger. `*` stands for array items. */
export function secretPointers(model, typeName, prefix = "", open = []) {
  const type = model.typeByName.get(typeName);
  if (type.kind !== "object" || open.includes(typeName)) return [];
  const below = (fieldType, pointer) => {
    if (fieldType.array) return below(fieldType.array, `${pointer}/*`);
    return fieldType.ref ? secretPointers(model, fieldType.ref, pointer, [...open, typeName]) : [];
  };
  return type.fields.flatMap((field) =>
    field.secret ? [`${prefix}/${field.name}`] : below(field.type, `${prefix}/${field.name}`),
  );
}
