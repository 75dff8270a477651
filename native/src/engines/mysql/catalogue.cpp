// The object tree.
//
// The numbers that shaped it, for a database with 100,000 tables on a small machine: MariaDB 10.11
// lists the names in 0.2 s because it only reads a directory, but needs 1 to 6 s as soon as the
// type of each is asked for, because it opens every table; MySQL 9.7 answers both from its data
// dictionary in 0.3 s. Sizes and cardinality cost more still and are never asked for. So on MariaDB
// a page takes names first and then looks up the types of those names one by one, and a database
// with many names shows the folder of views without knowing whether there are any. Nothing is
// cached: a page is always what the server says now.

#include "engines/mysql/catalogue.h"

#include <algorithm>

#include "base/embedded.h"
#include "engines/mysql/nodes.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/table_facts.h"

namespace mydba::mysql {

bool beyondNames(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
}

namespace {

/// With more names than this the types are not looked through where that is slow.
constexpr std::size_t manyNames = 2000;
/// Exact lookups in one statement.
constexpr std::size_t lookupsAtOnce = 200;

std::string limited(std::string_view sqlFile, std::size_t rows) {
  return std::string(embeddedSql("mysql", sqlFile)) + " LIMIT " + std::to_string(rows);
}

/// Cuts what was read in full to the page after `cursor`.
TreePage pageOf(std::vector<protocol::TreeNode> nodes, const std::optional<std::string>& cursor,
                std::size_t limit) {
  auto first = nodes.begin();
  if (cursor) {
    first = std::find_if(nodes.begin(), nodes.end(),
                         [&](const auto& node) { return node.path.back() == *cursor; });
    if (first != nodes.end()) ++first;
  }
  TreePage page;
  const auto count = std::min<std::size_t>(limit, static_cast<std::size_t>(nodes.end() - first));
  page.nodes.assign(std::make_move_iterator(first), std::make_move_iterator(first + count));
  if (first + count != nodes.end()) page.cursor = page.nodes.back().path.back();
  return page;
}

/// `text` as part of a LIKE pattern with `|` as escape character, which no sql_mode changes.
std::string likeText(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '|') pattern += '|';
    pattern += c;
  }
  return pattern;
}

Error noSuchNode() {
  return {.code = ErrorCode::invalidParams, .message = "there is no such node in the object tree"};
}

class MysqlCatalogue final : public Catalogue {
 public:
  explicit MysqlCatalogue(Session& session) : session_(session) {}

  Result<TreePage> children(std::span<const std::string> path,
                            const std::optional<std::string>& cursor, int limit,
                            const CancelToken& cancel) override {
    const Path parent(path.begin(), path.end());
    const auto most = static_cast<std::size_t>(std::clamp(limit, 1, 10000));
    if (path.size() == 2) return objects(parent, cursor.value_or(""), most, cancel);
    Result<std::vector<protocol::TreeNode>> nodes = noSuchNode();
    if (path.empty()) nodes = databases(cancel);
    if (path.size() == 1) nodes = databaseFolders(parent, cancel);
    if (path.size() == 3) nodes = tableChildren(parent, cancel);
    if (path.size() == 4) nodes = tableFolder(parent, cancel);
    if (!nodes) return nodes.error();
    return pageOf(std::move(*nodes), cursor, most);
  }

  Result<TreePage> search(std::string_view text, int limit, const CancelToken& cancel) override;
  Result<std::string> script(std::span<const std::string> path, protocol::ScriptKind kind,
                             const CancelToken& cancel) override;
  Result<advise::CatalogueFacts> tableFacts(std::span<const sql::ObjectName> first, int limit,
                                            const CancelToken& cancel) override;

 private:
  using Nodes = std::vector<protocol::TreeNode>;
  struct TypedName {
    std::string database, name, type;
  };

  Result<Nodes> databases(const CancelToken& cancel) {
    const auto rows = session_.query(embeddedSql("mysql", "databases"), cancel);
    if (!rows) return rows.error();
    Nodes nodes;
    for (const Row& row : *rows) nodes.push_back(node::database(row));
    return nodes;
  }

  Result<bool> mayHaveViews(const std::string& database, const CancelToken& cancel) {
    if (session_.flavour().typesAreSlow) {
      const auto names = session_.query(limited("table_names", manyNames), {database, ""}, cancel);
      if (!names) return names.error();
      if (names->size() == manyNames) return true;
    }
    const auto views = session_.query(limited("views", 1), {database, ""}, cancel);
    if (!views) return views.error();
    return !views->empty();
  }

  Result<Nodes> databaseFolders(const Path& path, const CancelToken& cancel) {
    const auto views = mayHaveViews(path[0], cancel);
    if (!views) return views.error();
    const auto programs =
        session_.query(embeddedSql("mysql", "folders"), {path[0], path[0], path[0]}, cancel);
    if (!programs) return programs.error();
    Nodes nodes{node::folder(path, folder::tables)};
    if (*views) nodes.push_back(node::folder(path, folder::views));
    const std::string_view titles[] = {folder::procedures, folder::functions, folder::events};
    for (std::size_t i = 0; i < 3; ++i)
      if (programs->at(0).at(i) == "1") nodes.push_back(node::folder(path, titles[i]));
    return nodes;
  }

  Result<TreePage> objects(const Path& path, std::string_view after, std::size_t limit,
                           const CancelToken& cancel) {
    const auto& database = path[0];
    if (path[1] == folder::tables && session_.flavour().typesAreSlow)
      return tablesByName(path, after, limit, cancel);
    Result<Rows> rows = noSuchNode();
    if (path[1] == folder::tables || path[1] == folder::views)
      rows = session_.query(limited(path[1] == folder::tables ? "tables" : "views", limit + 1),
                            {database, after}, cancel);
    if (path[1] == folder::procedures || path[1] == folder::functions)
      rows = session_.query(
          limited("routines", limit + 1),
          {database, after, path[1] == folder::functions ? "FUNCTION" : "PROCEDURE"}, cancel);
    if (path[1] == folder::events)
      rows = session_.query(limited("events", limit + 1), {database, after}, cancel);
    if (!rows) return rows.error();
    return objectPage(path, *rows, limit);
  }

  static TreePage objectPage(const Path& path, const Rows& rows, std::size_t limit) {
    TreePage page;
    for (const Row& row : rows) {
      if (page.nodes.size() == limit) {
        page.cursor = page.nodes.back().name;
        break;
      }
      Path own = path;
      own.push_back(row[0].value_or(""));
      const auto detail = row[1].value_or("");
      if (path[1] == folder::events)
        page.nodes.push_back(node::event(own, detail));
      else if (path[1] == folder::tables || path[1] == folder::views)
        page.nodes.push_back(node::table(own, detail));
      else
        page.nodes.push_back(node::routine(own, detail));
    }
    return page;
  }

  /// Names, then the types of just those names, until a page of tables is full.
  Result<TreePage> tablesByName(const Path& path, std::string_view after, std::size_t limit,
                                const CancelToken& cancel) {
    Rows found;
    std::string last(after);
    for (bool more = true; more && found.size() <= limit;) {
      const auto wanted = limit + 1 - found.size();
      const auto names = session_.query(limited("table_names", wanted), {path[0], last}, cancel);
      if (!names) return names.error();
      more = names->size() == wanted;
      std::vector<TypedName> typed;
      for (const Row& row : *names) typed.push_back({path[0], row[0].value_or(""), ""});
      if (!typed.empty()) last = typed.back().name;
      if (auto read = readTypes(typed, cancel); !read) return read.error();
      for (const TypedName& table : typed)
        if (!table.type.ends_with("VIEW")) found.push_back({table.name, table.type});
    }
    return objectPage(path, found, limit);
  }

  /// Exact lookups, many in one statement.
  Result<void> readTypes(std::vector<TypedName>& names, const CancelToken& cancel) {
    const auto lookup = embeddedSql("mysql", "table_type");
    for (std::size_t first = 0; first < names.size(); first += lookupsAtOnce) {
      const auto end = std::min(names.size(), first + lookupsAtOnce);
      std::string sql;
      std::vector<std::string_view> values;
      for (auto i = first; i < end; ++i) {
        sql += (sql.empty() ? "" : "UNION ALL\n") + std::string(lookup);
        values.insert(values.end(), {names[i].database, names[i].name});
      }
      const auto rows = session_.query(sql, values, cancel);
      if (!rows) return rows.error();
      for (auto i = first; i < end; ++i)
        for (const Row& row : *rows)
          if (row[0] == names[i].name) names[i].type = row[1].value_or("");
    }
    return {};
  }

  Result<Nodes> tableChildren(const Path& path, const CancelToken& cancel) {
    if (path[1] != folder::tables && path[1] != folder::views) return noSuchNode();
    const auto columns =
        session_.query(embeddedSql("mysql", "columns"), {path[0], path[2]}, cancel);
    if (!columns) return columns.error();
    Nodes nodes;
    for (const Row& row : *columns) nodes.push_back(node::column(path, row));
    if (path[1] == folder::views) return nodes;
    for (const auto title : {folder::indexes, folder::keys, folder::triggers}) {
      Path own = path;
      own.emplace_back(title);
      const auto inside = tableFolder(own, cancel);
      if (!inside) return inside.error();
      if (!inside->empty()) nodes.push_back(node::folder(path, title));
    }
    return nodes;
  }

  Result<Nodes> tableFolder(const Path& path, const CancelToken& cancel) {
    const Path table(path.begin(), path.begin() + 3);
    const auto read = [&](std::string_view file) {
      return session_.query(embeddedSql("mysql", file), {path[0], path[2]}, cancel);
    };
    Nodes nodes;
    if (path[3] == folder::indexes) {
      const auto rows = read("indexes");
      if (!rows) return rows.error();
      return node::indexes(table, *rows);
    }
    if (path[3] == folder::triggers) {
      const auto rows = read("triggers");
      if (!rows) return rows.error();
      for (const Row& row : *rows) nodes.push_back(node::trigger(table, row));
      return nodes;
    }
    if (path[3] != folder::keys) return noSuchNode();
    const auto constraints = read("constraints");
    if (!constraints) return constraints.error();
    for (const Row& row : *constraints) nodes.push_back(node::constraint(table, row));
    const auto foreign = read("foreign_keys");
    if (!foreign) return foreign.error();
    for (auto& key : node::foreignKeys(table, *foreign)) nodes.push_back(std::move(key));
    return nodes;
  }

  Session& session_;
};

Result<TreePage> MysqlCatalogue::search(std::string_view text, int limit,
                                        const CancelToken& cancel) {
  if (beyondNames(text)) return TreePage{};
  const auto most = static_cast<std::size_t>(std::clamp(limit, 1, 10000));
  const std::string start = likeText(text) + "%", anywhere = "%" + start;
  const bool slow = session_.flavour().typesAreSlow;
  const auto tables =
      session_.query(limited(slow ? "search" : "search_typed", most), {anywhere, start}, cancel);
  if (!tables) return tables.error();
  const auto routines = session_.query(limited("search_routines", most), {anywhere, start}, cancel);
  if (!routines) return routines.error();
  std::vector<TypedName> names;
  for (const Row& row : *tables)
    names.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or("")});
  if (slow)
    if (auto read = readTypes(names, cancel); !read) return read.error();

  TreePage page;
  for (const auto& found : names) {
    const bool isView = found.type.ends_with("VIEW");
    page.nodes.push_back(node::table(
        {found.database, std::string(isView ? folder::views : folder::tables), found.name},
        found.type));
  }
  for (const Row& row : *routines) {
    const auto title = row[2] == "FUNCTION" ? folder::functions : folder::procedures;
    page.nodes.push_back(
        node::routine({row[0].value_or(""), std::string(title), row[1].value_or("")}, ""));
  }
  for (auto& found : page.nodes) found.detail = found.path.front();
  if (page.nodes.size() > most) page.nodes.resize(most);
  return page;
}

/// How SHOW CREATE names an object, and in which column it answers.
struct ShowCreate {
  std::string_view what;
  std::size_t column;
};

std::optional<ShowCreate> showCreate(std::span<const std::string> path) {
  if (path.size() == 1) return ShowCreate{"DATABASE", 1};
  if (path.size() == 5 && path[3] == folder::triggers) return ShowCreate{"TRIGGER", 2};
  if (path.size() != 3) return {};
  if (path[1] == folder::tables) return ShowCreate{"TABLE", 1};
  if (path[1] == folder::views) return ShowCreate{"TABLE", 1};  // also for system views
  if (path[1] == folder::procedures) return ShowCreate{"PROCEDURE", 2};
  if (path[1] == folder::functions) return ShowCreate{"FUNCTION", 2};
  if (path[1] == folder::events) return ShowCreate{"EVENT", 3};
  return {};
}

Result<std::string> MysqlCatalogue::script(std::span<const std::string> path,
                                           protocol::ScriptKind kind, const CancelToken& cancel) {
  const auto show = showCreate(path);
  if (!show) return noSuchNode();
  const std::string name =
      path.size() == 1 ? quoteName(path[0]) : quoteName(path[0]) + "." + quoteName(path.back());
  if (kind == protocol::ScriptKind::preview) {
    if (show->what != "TABLE")
      return Error{.code = ErrorCode::unsupported, .message = "this object has no rows"};
    return "SELECT * FROM " + name + " LIMIT 1000";
  }
  const auto rows = session_.query("SHOW CREATE " + std::string(show->what) + " " + name, cancel);
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().size() <= show->column || !rows->front()[show->column])
    return Error{.code = ErrorCode::refused,
                 .message = "the server does not show the definition to this account"};
  return *rows->front()[show->column];
}

Result<advise::CatalogueFacts> MysqlCatalogue::tableFacts(std::span<const sql::ObjectName> first,
                                                          int limit, const CancelToken& cancel) {
  return readTableFacts(session_, first, static_cast<std::size_t>(std::clamp(limit, 1, 10000)),
                        cancel);
}

}  // namespace

std::unique_ptr<Catalogue> makeCatalogue(Session& session) {
  return std::make_unique<MysqlCatalogue>(session);
}

}  // namespace mydba::mysql
