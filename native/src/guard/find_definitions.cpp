#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;

/// `table shop.orders`: what is defined, for people.
std::string describe(const sql::Definition& definition) {
  std::string text = definition.objectType.empty() ? "an object" : definition.objectType;
  for (std::size_t i = 0; i < definition.objects.size() && i < 3; ++i) {
    const auto& object = definition.objects[i];
    text += (i ? ", " : " ") + (object.schema.empty() ? "" : object.schema + ".") + object.name;
  }
  return definition.objects.size() > 3 ? text + " …" : text;
}

/// What kind of statement it is decides, unless the kind of object weighs more: roles, extensions.
const Check* effectOf(const Subject& subject, const sql::Definition& definition) {
  const Kind kind = subject.statement.kind;
  if (kind == Kind::drop) return findCheck("drop");
  if (kind == Kind::truncate) return findCheck("truncate");
  if (kind == Kind::create && definition.orReplace && definition.objectType == "table")
    return findCheck("create-or-replace-table");
  if (const Check* effect = subject.knowledge.find("object", definition.objectType)) return effect;
  if (kind == Kind::rename) return findCheck("rename");
  if (kind == Kind::create) return findCheck("create");
  return findCheck("alter");
}

}  // namespace

void findDefinitions(const Subject& subject, Findings& out) {
  const sql::Statement& statement = subject.statement;
  if (statement.createsTable) out.add("create", "a table");
  switch (statement.kind) {
    case Kind::create:
    case Kind::alter:
    case Kind::drop:
    case Kind::truncate:
    case Kind::rename: break;
    default: return;
  }
  const sql::Definition definition = statement.definition.value_or(sql::Definition{});
  const std::size_t position = definition.objects.empty() ? 0 : definition.objects[0].position;
  out.add(*effectOf(subject, definition), describe(definition), position);
}

}  // namespace mydba::guard
