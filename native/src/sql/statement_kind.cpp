#include "sql/statement_kind.h"

#include "sql/keyword.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

struct Verb {
  std::string_view keyword;
  Kind kind;
};

constexpr Verb verbs[] = {
    {"SELECT", Kind::select},     {"VALUES", Kind::select},
    {"TABLE", Kind::select},      {"INSERT", Kind::insert},
    {"UPDATE", Kind::update},     {"DELETE", Kind::remove},
    {"REPLACE", Kind::replace},   {"MERGE", Kind::merge},
    {"CREATE", Kind::create},     {"ALTER", Kind::alter},
    {"DROP", Kind::drop},         {"TRUNCATE", Kind::truncate},
    {"RENAME", Kind::rename},     {"GRANT", Kind::grant},
    {"REVOKE", Kind::revoke},     {"CALL", Kind::call},
    {"SET", Kind::set},           {"RESET", Kind::set},
    {"USE", Kind::use},           {"BEGIN", Kind::begin},
    {"START", Kind::begin},       {"COMMIT", Kind::commit},
    {"END", Kind::commit},        {"ROLLBACK", Kind::rollback},
    {"ABORT", Kind::rollback},    {"SAVEPOINT", Kind::savepoint},
    {"RELEASE", Kind::savepoint}, {"EXPLAIN", Kind::explain},
    {"SHOW", Kind::show},         {"DESCRIBE", Kind::describe},
    {"DESC", Kind::describe},     {"LOAD", Kind::load},
    {"COPY", Kind::copy},         {"DO", Kind::execute},
    {"HANDLER", Kind::handler},   {"LOCK", Kind::lock},
    {"UNLOCK", Kind::lock},       {"VACUUM", Kind::vacuum},
    {"ANALYZE", Kind::analyze},   {"ANALYSE", Kind::analyze},
    {"PRAGMA", Kind::pragma},     {"ATTACH", Kind::attach},
    {"DETACH", Kind::attach},
};

// Statements of the engines' manuals that have no kind of their own.
constexpr std::string_view otherVerbs[] = {
    "BACKUP",   "BINLOG",   "CACHE",   "CHANGE",  "CHECK",      "CHECKPOINT", "CHECKSUM",
    "CLONE",    "CLOSE",    "CLUSTER", "COMMENT", "DEALLOCATE", "DECLARE",    "DISCARD",
    "EXECUTE",  "FETCH",    "FLUSH",   "GET",     "HELP",       "IMPORT",     "INSTALL",
    "KILL",     "LISTEN",   "MOVE",    "NOTIFY",  "OPEN",       "OPTIMIZE",   "PREPARE",
    "PURGE",    "REASSIGN", "REFRESH", "REINDEX", "REPAIR",     "RESIGNAL",   "RESTART",
    "SECURITY", "SHUTDOWN", "SIGNAL",  "STOP",    "UNINSTALL",  "UNLISTEN",   "XA",
};

}  // namespace

StatementKind verbKind(std::string_view word) {
  for (const Verb& verb : verbs)
    if (isKeyword(word, verb.keyword)) return verb.kind;
  for (const std::string_view other : otherVerbs)
    if (isKeyword(word, other)) return Kind::other;
  return Kind::unknown;
}

std::string_view kindName(StatementKind kind) {
  switch (kind) {
    case Kind::select: return "select";
    case Kind::insert: return "insert";
    case Kind::update: return "update";
    case Kind::remove: return "delete";
    case Kind::replace: return "replace";
    case Kind::merge: return "merge";
    case Kind::create: return "create";
    case Kind::alter: return "alter";
    case Kind::drop: return "drop";
    case Kind::truncate: return "truncate";
    case Kind::rename: return "rename";
    case Kind::grant: return "grant";
    case Kind::revoke: return "revoke";
    case Kind::call: return "call";
    case Kind::set: return "set";
    case Kind::use: return "use";
    case Kind::begin: return "begin";
    case Kind::commit: return "commit";
    case Kind::rollback: return "rollback";
    case Kind::savepoint: return "savepoint";
    case Kind::explain: return "explain";
    case Kind::show: return "show";
    case Kind::describe: return "describe";
    case Kind::load: return "load";
    case Kind::copy: return "copy";
    case Kind::execute: return "do";
    case Kind::handler: return "handler";
    case Kind::lock: return "lock";
    case Kind::vacuum: return "vacuum";
    case Kind::analyze: return "analyze";
    case Kind::pragma: return "pragma";
    case Kind::attach: return "attach";
    case Kind::other: return "other";
    case Kind::unknown: return "unknown";
    case Kind::command: return "command";
  }
  return "unknown";
}

}  // namespace mydba::sql
