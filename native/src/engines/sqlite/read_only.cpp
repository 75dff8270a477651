#include "engines/sqlite/read_only.h"

#include <string_view>

#include "guard/knowledge.h"

namespace mydba::sqlite {
namespace {

bool isReadingPragma(const char* name, const char* argument) {
  static const guard::Knowledge& knowledge = guard::Knowledge::of(*sql::findDialect("sqlite"));
  return name && knowledge.pragmaReads(name, argument != nullptr);
}

bool isReadingFunction(const char* name) {
  // Loading code is off for every connection (session.cpp); this says so before it is tried.
  return !name || sqlite3_stricmp(name, "load_extension") != 0;
}

/// Connecting a virtual table (json_each, pragma_table_info) asks to update the schema table,
/// though nothing is written (sqlite3_declare_vtab of 3.40). A real update of it is refused without
/// PRAGMA writable_schema, which is denied here.
bool isVirtualTableDeclaration(const char* table) {
  return table && std::string_view(table).ends_with("_master");
}

/// For SQLITE_PRAGMA `first` is the name and `second` the argument; for SQLITE_FUNCTION `second` is
/// the function.
int authorize(void*, int action, const char* first, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: return SQLITE_OK;
    case SQLITE_UPDATE: return isVirtualTableDeclaration(first) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: return isReadingFunction(second) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA: return isReadingPragma(first, second) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

}  // namespace

ReadOnlyScope::ReadOnlyScope(sqlite3* database) : database_(database) {
  sqlite3_set_authorizer(database_, &authorize, nullptr);
}

ReadOnlyScope::~ReadOnlyScope() { sqlite3_set_authorizer(database_, nullptr, nullptr); }

}  // namespace mydba::sqlite
