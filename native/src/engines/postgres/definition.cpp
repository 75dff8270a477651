#include "engines/postgres/definition.h"

#include <vector>

#include "base/embedded.h"

namespace mydba::postgres {
namespace {

struct Definition {
  std::string_view sql;
  std::vector<Argument> arguments;
};

std::optional<Definition> definitionFor(std::span<const std::string> path) {
  if (path.size() == 4) {
    const auto& folder = path[2];
    const std::string_view sql = folder == "Tables" || folder == "Foreign tables" ? "define_table"
                                 : folder == "Views" || folder == "Materialized views"
                                     ? "define_view"
                                 : folder == "Functions" ? "define_function"
                                 : folder == "Sequences" ? "define_sequence"
                                 : folder == "Types"     ? "define_type"
                                                         : "";
    if (!sql.empty()) return Definition{sql, {path[1], path[3]}};
  }
  if (path.size() == 6) {
    const auto& folder = path[4];
    if (folder == "Indexes") return Definition{"define_index", {path[1], path[5]}};
    if (folder == "Keys") return Definition{"define_key", {path[1], path[3], path[5]}};
    if (folder == "Triggers") return Definition{"define_trigger", {path[1], path[3], path[5]}};
  }
  return std::nullopt;
}

/// Makes the server qualify every name in what it writes: it leaves the schema out for what the
/// search path finds. Undone by the destructor; an open transaction of the user is left alone.
class EmptySearchPath {
 public:
  explicit EmptySearchPath(Session& session) : session_(session) {
    if (PQtransactionStatus(session.raw()) != PQTRANS_IDLE) return;
    open_ = static_cast<bool>(session_.query("BEGIN", {}, {}));
    if (open_) (void)session_.query("SET LOCAL search_path = ''", {}, {});
  }
  ~EmptySearchPath() {
    if (open_) (void)session_.query("ROLLBACK", {}, {});
  }
  EmptySearchPath(const EmptySearchPath&) = delete;
  EmptySearchPath& operator=(const EmptySearchPath&) = delete;

 private:
  Session& session_;
  bool open_ = false;
};

}  // namespace

std::string quoteName(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string previewOf(std::string_view schema, std::string_view relation) {
  return "SELECT * FROM " + quoteName(schema) + "." + quoteName(relation) + " LIMIT 1000";
}

Result<std::string> definitionOf(Session& session, std::span<const std::string> path,
                                 const CancelToken& cancel) {
  if (path.size() == 1) return "CREATE DATABASE " + quoteName(path[0]) + ";";
  if (path.size() == 2) return "CREATE SCHEMA " + quoteName(path[1]) + ";";
  const auto definition = definitionFor(path);
  if (!definition)
    return Error{.code = ErrorCode::unsupported, .message = "nothing creates this node by itself"};
  // A function is found by the text of its argument types, which depends on the search path; its
  // definition is qualified in any case.
  std::optional<EmptySearchPath> qualified;
  if (definition->sql != "define_function") qualified.emplace(session);
  const auto rows =
      session.query(embeddedSql("postgres", definition->sql), definition->arguments, cancel);
  if (!rows) return rows.error();
  std::string text;
  for (int row = 0; row < rows->count(); ++row) {
    if (row > 0) text += "\n\n";
    text += rows->view(row, 0);
  }
  if (text.empty())
    return Error{.code = ErrorCode::server,
                 .message = "\"" + path.back() + "\" is gone, or cannot be scripted",
                 .hint = "refresh the tree"};
  return text;
}

}  // namespace mydba::postgres
