#include "engines/sqlite/schema_copy.h"

#include <array>
#include <string_view>
#include <utility>

#include "engines/sqlite/query.h"

namespace mydba::sqlite {
namespace {

/// Settings that decide how statements are planned and compiled (sqlite.org/pragma.html).
constexpr std::array planningPragmas = {"automatic_index", "foreign_keys", "recursive_triggers",
                                        "reverse_unordered_selects"};

/// How the library begins the statements that it keeps, without the name's schema
/// (sqlite.org/schematab.html, "Interpretation Of The Schema Table").
constexpr std::array<std::string_view, 6> beginnings = {"CREATE TABLE ", "CREATE VIRTUAL TABLE ",
                                                        "CREATE INDEX ", "CREATE UNIQUE INDEX ",
                                                        "CREATE VIEW ",  "CREATE TRIGGER "};

/// The statement for an object of the same name in `schema`; empty for one that is not understood.
std::string placedIn(const std::string& schema, const std::string& sql) {
  for (const std::string_view beginning : beginnings)
    if (sql.starts_with(beginning))
      return std::string(beginning) + quoteName(schema) + "." + sql.substr(beginning.size());
  return {};
}

class Copier {
 public:
  Copier(Session& real, SchemaCopy& copy, const CancelToken& cancel)
      : real_(real), copy_(copy), cancel_(cancel) {}

  Result<void> run() {
    auto schemas = readRows(real_, "schemas", {}, {"", "1000"}, cancel_);
    if (!schemas) return schemas.error();
    for (const char* pragma : planningPragmas)
      if (auto set = takeOver(pragma); !set) return set;
    if (auto set = takeOverLike(); !set) return set;
    for (const TextRow& row : *schemas) {
      const std::string& schema = row[0];
      if (schema != "main" && schema != "temp")
        if (auto attached =
                runOne(*copy_.session, "ATTACH ':memory:' AS " + quoteName(schema), {}, cancel_);
            !attached)
          return attached;
      copy_.schemas.push_back(schema);
      if (auto made = makeObjects(schema); !made) return made;
      if (auto made = makeStatistics(schema); !made) return made;
    }
    return {};
  }

 private:
  Result<void> takeOver(const std::string& pragma) {
    const auto value = prepare(real_.handle(), "PRAGMA " + pragma);
    if (!value) return value.error();
    if (sqlite3_step(value->get()) != SQLITE_ROW) return {};
    return runOne(*copy_.session,
                  "PRAGMA " + pragma + " = " + std::string(columnText(value->get(), 0)), {},
                  cancel_);
  }

  /// The one setting that cannot be asked for decides whether LIKE uses an index.
  Result<void> takeOverLike() {
    const auto probe = prepare(real_.handle(), "SELECT 'a' LIKE 'A'");
    if (!probe) return probe.error();
    if (sqlite3_step(probe->get()) != SQLITE_ROW || sqlite3_column_int(probe->get(), 0) != 0)
      return {};
    return runOne(*copy_.session, "PRAGMA case_sensitive_like = 1", {}, cancel_);
  }

  bool exists(const std::string& schema, const std::string& table) const {
    return sqlite3_table_column_metadata(copy_.session->handle(), schema.c_str(), table.c_str(),
                                         nullptr, nullptr, nullptr, nullptr, nullptr,
                                         nullptr) == SQLITE_OK;
  }

  Result<void> makeObjects(const std::string& schema) {
    const auto objects = readRows(real_, "copy_objects", schema, {}, cancel_);
    if (!objects) return objects.error();
    for (const TextRow& object : *objects) {
      if (object[0] == "table" && exists(schema, object[1])) continue;  // a shadow table
      const std::string sql = placedIn(schema, object[2]);
      const auto made = sql.empty()
                            ? Result<void>(Error{.message = "its statement is not understood"})
                            : runOne(*copy_.session, sql, {}, cancel_);
      if (cancel_.cancelled()) return cancel_.error();
      if (!made)
        copy_.notices.push_back("The " + object[0] + " " + object[1] +
                                " is not in the copy that was planned in: " + made.error().message);
    }
    return {};
  }

  Result<void> makeStatistics(const std::string& schema) {
    const auto tables = readRows(real_, "has_statistics", schema, {}, cancel_);
    if (!tables) return tables.error();
    if (tables->empty()) return {};
    // Makes the tables that the library knows, which nothing else may do.
    if (auto made = runOne(*copy_.session, "ANALYZE " + quoteName(schema), {}, cancel_); !made)
      return made;
    for (const TextRow& row : *tables) {
      if (exists(schema, row[0])) {
        if (auto copied = copyRows(schema, row[0]); !copied) return copied;
      } else {
        copy_.notices.push_back(
            "The samples of " + row[0] +
            " are not used: this build of SQLite lacks ENABLE_STAT4. A program whose build has it "
            "may plan otherwise.");
      }
    }
    return loadStatistics(*copy_.session, schema, cancel_);
  }

  Result<void> copyRows(const std::string& schema, const std::string& table) {
    const std::string place = quoteName(schema) + "." + quoteName(table);
    const auto from = prepare(real_.handle(), "SELECT * FROM " + place);
    if (!from) return from.error();
    const int columns = sqlite3_column_count(from->get());
    std::string marks;
    for (int i = 0; i < columns; ++i) marks += marks.empty() ? "?" : ", ?";
    const auto into =
        prepare(copy_.session->handle(), "INSERT INTO " + place + " VALUES (" + marks + ")");
    if (!into) return into.error();
    int code = sqlite3_step(from->get());
    for (; code == SQLITE_ROW; code = sqlite3_step(from->get())) {
      for (int i = 0; i < columns; ++i)
        sqlite3_bind_value(into->get(), i + 1, sqlite3_column_value(from->get(), i));
      if (const int done = sqlite3_step(into->get()); done != SQLITE_DONE)
        return copy_.session->failed(done, cancel_);
      sqlite3_reset(into->get());
    }
    if (code != SQLITE_DONE) return real_.failed(code, cancel_);
    return {};
  }

  Session& real_;
  SchemaCopy& copy_;
  const CancelToken& cancel_;
};

}  // namespace

Result<void> runOne(Session& session, const std::string& sql,
                    const std::vector<std::string>& values, const CancelToken& cancel) {
  auto statement = prepare(session.handle(), sql);
  if (!statement) return cancel.cancelled() ? cancel.error() : statement.error();
  for (std::size_t i = 0; i < values.size(); ++i)
    sqlite3_bind_text(statement->get(), static_cast<int>(i) + 1, values[i].data(),
                      static_cast<int>(values[i].size()), SQLITE_STATIC);
  int code = sqlite3_step(statement->get());
  while (code == SQLITE_ROW) code = sqlite3_step(statement->get());
  if (code != SQLITE_DONE) return session.failed(code, cancel);
  return {};
}

Result<void> loadStatistics(Session& session, const std::string& schema,
                            const CancelToken& cancel) {
  // Gathers nothing of a table of the library's own, and reads what is there
  // (sqlite.org/lang_analyze.html).
  return runOne(session, "ANALYZE " + quoteName(schema) + ".sqlite_master", {}, cancel);
}

Result<SchemaCopy> copySchemas(Session& real, const CancelToken& cancel) {
  protocol::ConnectionProfile profile;
  profile.path = ":memory:";
  auto session = Session::open(profile, cancel);
  if (!session) return session.error();
  SchemaCopy copy{.session = std::move(*session), .schemas = {}, .notices = {}};
  copy.session->follow(cancel);
  const Session::Guard guard(real, cancel);
  if (auto done = Copier(real, copy, cancel).run(); !done) return done.error();
  return copy;
}

}  // namespace mydba::sqlite
