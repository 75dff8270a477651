#include "engines/postgres/catalogue.h"

#include <algorithm>
#include <array>

#include "base/embedded.h"
#include "engines/postgres/definition.h"
#include "engines/postgres/table_facts.h"

namespace mydba::postgres {
namespace {

using Path = std::span<const std::string>;

/// A folder of a schema or of a relation: the file in sql/ that lists it.
struct Folder {
  std::string_view name;
  std::string_view sql;
  const char* kinds = nullptr;  // of relations.sql: values of pg_class.relkind
};

constexpr std::array schemaFolders = {
    Folder{"Tables", "relations", "rp"},
    Folder{"Views", "relations", "v"},
    Folder{"Materialized views", "relations", "m"},
    Folder{"Foreign tables", "relations", "f"},
    Folder{"Functions", "functions"},
    Folder{"Sequences", "relations", "S"},
    Folder{"Types", "types_of_schema"},
};
constexpr std::array relationFolders = {
    Folder{"Indexes", "indexes"},
    Folder{"Keys", "keys"},
    Folder{"Triggers", "triggers"},
    Folder{"Partitions", "partitions"},
};

const Folder* findFolder(std::span<const Folder> folders, std::string_view name) {
  const auto found = std::find_if(folders.begin(), folders.end(),
                                  [&](const Folder& folder) { return folder.name == name; });
  return found == folders.end() ? nullptr : &*found;
}

Error noSuchNode() {
  return {.code = ErrorCode::invalidParams,
          .message = "there is no such node in the object tree",
          .hint = "refresh the tree"};
}

/// A statement of sql/ with its arguments.
struct Level {
  std::string_view sql;
  std::vector<Argument> arguments;
  bool paged = true;
};

std::optional<Level> levelOf(Path path, const std::string& cursor, const std::string& limit) {
  switch (path.size()) {
    case 0: return Level{"databases", {cursor, limit}};
    case 1: return Level{"schemas", {cursor, limit}};
    case 2: return Level{"schema_folders", {path[1]}, false};
    case 3: {
      const auto* folder = findFolder(schemaFolders, path[2]);
      if (!folder) return std::nullopt;
      if (folder->kinds) return Level{folder->sql, {path[1], folder->kinds, cursor, limit}};
      return Level{folder->sql, {path[1], cursor, limit}};
    }
    case 4: return Level{"columns", {path[1], path[3], cursor, limit}};
    case 5: {
      const auto* folder = findFolder(relationFolders, path[4]);
      if (!folder) return std::nullopt;
      return Level{folder->sql, {path[1], path[3], cursor, limit}};
    }
    default: return std::nullopt;
  }
}

std::vector<protocol::NodeAction> actionsOf(std::string_view words, bool canPreview) {
  std::vector<protocol::NodeAction> actions;
  if (canPreview && words.find("preview") != words.npos)
    actions.push_back(protocol::NodeAction::preview);
  actions.push_back(protocol::NodeAction::copyName);
  if (words.find("script") != words.npos) actions.push_back(protocol::NodeAction::script);
  return actions;
}

/// The path of the node of a row: below `parent`, unless the row names another home.
std::vector<std::string> pathOf(const Rows& rows, int row, Path parent,
                                const std::string& database) {
  const int home = rows.column("home");
  if (home < 0) {
    std::vector<std::string> path(parent.begin(), parent.end());
    path.push_back(rows.text(row, rows.column("name")));
    return path;
  }
  const int folder = rows.column("folder");
  return {database, rows.text(row, home), folder < 0 ? "Tables" : rows.text(row, folder),
          rows.text(row, rows.column("name"))};
}

protocol::TreeNode nodeOf(const Rows& rows, int row, std::vector<std::string> path,
                          bool canPreview) {
  const auto text = [&](const char* column) { return rows.text(row, rows.column(column)); };
  protocol::TreeNode node{.name = text("name"), .kind = text("kind"), .detail = text("detail")};
  node.icon = text("icon");
  if (auto tooltip = text("tooltip"); !tooltip.empty()) node.tooltip = std::move(tooltip);
  node.path = std::move(path);
  node.children = rows.truth(row, rows.column("children"));
  node.actions = actionsOf(rows.view(row, rows.column("actions")), canPreview);
  return node;
}

}  // namespace

Result<Session*> PostgresCatalogue::sessionOf(Path path, const CancelToken& cancel) {
  return path.empty() ? Result<Session*>(&databases_.main()) : databases_.in(path[0], cancel);
}

Result<TreePage> PostgresCatalogue::children(Path path, const std::optional<std::string>& cursor,
                                             int limit, const CancelToken& cancel) {
  const auto size = std::clamp(limit, 1, 10000);
  // One row more than wanted says that there are more.
  const auto level = levelOf(path, cursor.value_or(""), std::to_string(size + 1));
  if (!level) return noSuchNode();
  const auto session = sessionOf(path, cancel);
  if (!session) return session.error();
  const auto rows =
      (*session)->query(embeddedSql("postgres", level->sql), level->arguments, cancel);
  if (!rows) return rows.error();
  const auto database = path.empty() ? databases_.current() : path[0];
  // Rows of another database cannot be read from the session that the user runs statements in.
  const bool canPreview = database == databases_.current();
  TreePage page;
  const int shown = level->paged ? std::min(rows->count(), size) : rows->count();
  for (int row = 0; row < shown; ++row)
    page.nodes.push_back(nodeOf(*rows, row, pathOf(*rows, row, path, database), canPreview));
  if (rows->count() > shown) {
    page.cursor = rows->text(shown - 1, rows->column("cursor"));
    return page;
  }
  if (path.size() != 4) return page;
  // The folders of a relation follow its last column.
  const auto folders =
      (*session)->query(embeddedSql("postgres", "table_folders"), {path[1], path[3]}, cancel);
  if (!folders) return folders.error();
  for (int row = 0; row < folders->count(); ++row)
    page.nodes.push_back(nodeOf(*folders, row, pathOf(*folders, row, path, database), false));
  return page;
}

Result<TreePage> PostgresCatalogue::search(std::string_view text, int limit,
                                           const CancelToken& cancel) {
  auto& session = databases_.main();
  const auto rows =
      session.query(embeddedSql("postgres", "search"),
                    {std::string(text), std::to_string(std::clamp(limit, 1, 10000))}, cancel);
  if (!rows) return rows.error();
  TreePage page;
  for (int row = 0; row < rows->count(); ++row)
    page.nodes.push_back(nodeOf(*rows, row, pathOf(*rows, row, {}, databases_.current()), true));
  return page;
}

Result<std::string> PostgresCatalogue::script(Path path, protocol::ScriptKind kind,
                                              const CancelToken& cancel) {
  if (path.empty()) return noSuchNode();
  if (kind == protocol::ScriptKind::preview) {
    if (path.size() != 4) return noSuchNode();
    if (path[0] != databases_.current())
      return Error{.code = ErrorCode::unsupported,
                   .message = "PostgreSQL cannot read another database from this connection",
                   .hint = "add a connection to the database \"" + path[0] + "\""};
    return previewOf(path[1], path[3]);
  }
  const auto session = sessionOf(path, cancel);
  if (!session) return session.error();
  return definitionOf(**session, path, cancel);
}

Result<advise::CatalogueFacts> PostgresCatalogue::tableFacts(std::span<const sql::ObjectName> first,
                                                             int limit, const CancelToken& cancel) {
  return readTableFacts(databases_.main(), first, std::clamp(limit, 1, 10000), cancel);
}

}  // namespace mydba::postgres
