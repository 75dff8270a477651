#include "engines/sqlite/read_only.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace mydba::sqlite {
namespace {

// PRAGMAs of sqlite.org/pragma.html that tell something and change nothing, in lower case.

/// Their argument names what to tell of.
constexpr std::array<std::string_view, 11> tellAbout = {
    "foreign_key_check", "foreign_key_list", "index_info",  "index_list",
    "index_xinfo",       "integrity_check",  "pragma_list", "quick_check",
    "table_info",        "table_list",       "table_xinfo"};

/// An argument would be a new value.
constexpr std::array<std::string_view, 27> tellValue = {
    "application_id", "auto_vacuum",        "automatic_index", "busy_timeout",  "cache_size",
    "collation_list", "compile_options",    "data_version",    "database_list", "encoding",
    "foreign_keys",   "freelist_count",     "function_list",   "journal_mode",  "locking_mode",
    "max_page_count", "mmap_size",          "module_list",     "page_count",    "page_size",
    "query_only",     "recursive_triggers", "schema_version",  "synchronous",   "temp_store",
    "threads",        "user_version"};

template <typename Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool isReadingPragma(const char* name, const char* argument) {
  std::string lower(name ? name : "");
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return has(tellAbout, lower) || (!argument && has(tellValue, lower));
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
