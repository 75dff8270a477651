#include "engines/sqlite/catalogue.h"

#include <algorithm>

#include "engines/sqlite/query.h"
#include "engines/sqlite/table_facts.h"
#include "engines/tree_detail.h"

namespace mydba::sqlite {
namespace {

using protocol::NodeAction;
using protocol::TreeNode;
using Path = std::vector<std::string>;
using Rows = Result<std::vector<TextRow>>;

struct Folder {
  std::string_view name;
  std::string_view type;  ///< in sqlite_schema
  std::string_view icon;
};

constexpr Folder folders[] = {
    {"Tables", "table", "table"}, {"Views", "view", "eye"}, {"Triggers", "trigger", "zap"}};

const Folder* findFolder(std::string_view name) {
  for (const Folder& folder : folders)
    if (folder.name == name) return &folder;
  return nullptr;
}

Path below(std::span<const std::string> path, std::initializer_list<std::string_view> names) {
  Path result(path.begin(), path.end());
  result.insert(result.end(), names.begin(), names.end());
  return result;
}

TreeNode folderNode(std::span<const std::string> path, std::string_view name) {
  return {.name = std::string(name),
          .kind = "folder",
          .detail = {},
          .tooltip = {},
          .icon = "folder",
          .path = below(path, {name}),
          .children = true,
          .actions = {}};
}

TreeNode objectNode(const Folder& folder, Path path) {
  const bool readable = folder.type != "trigger";
  TreeNode node{.name = path.back(),
                .kind = std::string(folder.type),
                .detail = {},
                .tooltip = {},
                .icon = std::string(folder.icon),
                .path = std::move(path),
                .children = readable,
                .actions = {NodeAction::copyName, NodeAction::script}};
  if (readable) node.actions.insert(node.actions.begin(), NodeAction::preview);
  return node;
}

TreeNode leaf(std::string name, std::string kind, std::string detail, std::string icon, Path path) {
  return {.name = std::move(name),
          .kind = std::move(kind),
          .detail = std::move(detail),
          .tooltip = {},
          .icon = std::move(icon),
          .path = std::move(path),
          .children = false,
          .actions = {NodeAction::copyName}};
}

Error noSuchNode() {
  return {.code = ErrorCode::invalidParams, .message = "there is no such object in the tree"};
}

/// One call: where in the tree, and which page.
class PageReader {
 public:
  PageReader(Session& session, std::span<const std::string> path, std::string cursor, int limit,
             const CancelToken& cancel)
      : session_(session),
        path_(path),
        cursor_(std::move(cursor)),
        limit_(static_cast<std::size_t>(std::clamp(limit, 1, 10000))),
        cancel_(cancel) {}

  Result<TreePage> read() {
    if (path_.empty()) return schemas();
    if (path_.size() == 1) return folderLevel();
    const Folder* folder = findFolder(path_[1]);
    if (!folder) return noSuchNode();
    if (path_.size() == 2) return objects(*folder);
    if (folder->type == "trigger") return noSuchNode();
    if (path_.size() == 3) return columns();
    if (path_.size() == 4 && path_[3] == "Indexes") return indexes();
    if (path_.size() == 4 && path_[3] == "Keys") return keys();
    return noSuchNode();
  }

 private:
  /// Reads a row more than a page holds, to know whether there are more.
  Rows rows(std::string_view statement, std::vector<std::string> values) {
    values.push_back(std::to_string(limit_ + 1));
    return readRows(session_, statement, path_.empty() ? "main" : path_[0], values, cancel_);
  }

  /// Cuts what was read to a page; the cursor is the first field of its last row.
  void cut(std::vector<TextRow>& rows, TreePage& page) const {
    if (rows.size() <= limit_) return;
    rows.resize(limit_);
    page.cursor = rows.back()[0];
  }

  Result<TreePage> schemas() {
    auto found = rows("schemas", {cursor_});
    if (!found) return found.error();
    TreePage page;
    cut(*found, page);
    for (TextRow& row : *found)
      page.nodes.push_back({.name = row[0],
                            .kind = "schema",
                            .detail = {},
                            .tooltip = row[1],
                            .icon = "database",
                            .path = {row[0]},
                            .children = true,
                            .actions = {NodeAction::copyName}});
    return page;
  }

  Result<TreePage> folderLevel() {
    TreePage page;
    for (const Folder& folder : folders) page.nodes.push_back(folderNode(path_, folder.name));
    return page;
  }

  Result<TreePage> objects(const Folder& folder) {
    auto found = rows("objects", {std::string(folder.type), cursor_});
    if (!found) return found.error();
    TreePage page;
    cut(*found, page);
    for (const TextRow& row : *found) {
      TreeNode node = objectNode(folder, below(path_, {row[0]}));
      if (folder.type == "trigger") node.detail = "on " + row[1];
      if (row[2] == "1") node.detail = "virtual";
      page.nodes.push_back(std::move(node));
    }
    return page;
  }

  /// Columns, and behind the last of them the folders.
  Result<TreePage> columns() {
    auto found = rows("columns", {path_[2], path_[0], cursor_.empty() ? "-1" : cursor_});
    if (!found) return found.error();
    TreePage page;
    cut(*found, page);
    for (const TextRow& row : *found) {
      const bool key = row[5] != "0";
      auto detail = treeDetail({row[2], key ? "primary key" : "", row[3] == "1" ? "not null" : "",
                                row[6] != "0" ? "generated" : "", defaultFact(row[4])});
      page.nodes.push_back(leaf(row[1], "column", std::move(detail), key ? "key" : "symbol-field",
                                below(path_, {"Columns", row[1]})));
    }
    if (!page.cursor && path_[1] == "Tables")
      for (const std::string_view name : {"Indexes", "Keys"})
        page.nodes.push_back(folderNode(path_, name));
    return page;
  }

  Result<TreePage> indexes() {
    auto found = rows("indexes", {path_[2], path_[0], cursor_});
    if (!found) return found.error();
    TreePage page;
    cut(*found, page);
    for (const TextRow& row : *found) {
      const std::string_view kind = row[2] == "pk" ? "primary" : "unique";
      auto detail = treeDetail({row[4], row[1] == "1" ? kind : "", row[3] == "1" ? "partial" : ""});
      TreeNode node =
          leaf(row[0], "index", std::move(detail), "list-ordered", below(path_, {row[0]}));
      // The library makes the others itself, without a statement.
      if (row[2] == "c") node.actions.push_back(NodeAction::script);
      page.nodes.push_back(std::move(node));
    }
    return page;
  }

  Result<TreePage> keys() {
    auto found = rows("keys", {path_[2], path_[0], cursor_.empty() ? "-1" : cursor_});
    if (!found) return found.error();
    TreePage page;
    cut(*found, page);
    for (const TextRow& row : *found) {
      std::string detail = "→ " + row[2];
      if (row[3].find_first_not_of(", ") != row[3].npos) detail += " (" + row[3] + ")";
      if (row[4] != "NO ACTION") detail += " on delete " + row[4];
      page.nodes.push_back(
          leaf(row[1], "key", std::move(detail), "references", below(path_, {row[0]})));
    }
    return page;
  }

  Session& session_;
  std::span<const std::string> path_;
  std::string cursor_;
  std::size_t limit_;
  const CancelToken& cancel_;
};

/// Node of a row of search.sql; an index stands below its table.
TreeNode foundNode(const std::string& schema, const TextRow& row) {
  for (const Folder& folder : folders) {
    if (folder.type != row[0]) continue;
    TreeNode node = objectNode(folder, {schema, std::string(folder.name), row[1]});
    node.detail = schema;
    return node;
  }
  TreeNode node = leaf(row[1], "index", schema + ", on " + row[2], "list-ordered",
                       {schema, "Tables", row[2], "Indexes", row[1]});
  node.actions.push_back(NodeAction::script);
  return node;
}

/// Type and name in sqlite_schema of what a path names; nothing for other nodes.
std::optional<std::pair<std::string, std::string>> objectOf(std::span<const std::string> path) {
  if (path.size() < 3) return std::nullopt;
  const Folder* folder = findFolder(path[1]);
  if (folder && path.size() == 3) return std::pair(std::string(folder->type), path[2]);
  if (path.size() == 5 && path[3] == "Indexes") return std::pair(std::string("index"), path[4]);
  return std::nullopt;
}

}  // namespace

Result<TreePage> SqliteCatalogue::children(std::span<const std::string> path,
                                           const std::optional<std::string>& cursor, int limit,
                                           const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const Session::Guard guard(session_, cancel);
  return PageReader(session_, path, cursor.value_or(""), limit, cancel).read();
}

Result<TreePage> SqliteCatalogue::search(std::string_view text, int limit,
                                         const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const Session::Guard guard(session_, cancel);
  const std::string most = std::to_string(std::clamp(limit, 1, 10000));
  auto schemas = readRows(session_, "schemas", "main", {"", "10000"}, cancel);
  if (!schemas) return schemas.error();
  TreePage page;
  for (const TextRow& schema : *schemas) {
    auto found = readRows(session_, "search", schema[0], {std::string(text), most}, cancel);
    if (!found) return found.error();
    for (const TextRow& row : *found) page.nodes.push_back(foundNode(schema[0], row));
  }
  const auto lower = [](std::string name) {
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
  };
  std::stable_partition(page.nodes.begin(), page.nodes.end(), [&](const TreeNode& node) {
    return lower(node.name).starts_with(lower(std::string(text)));
  });
  if (page.nodes.size() > static_cast<std::size_t>(std::max(limit, 1)))
    page.nodes.resize(static_cast<std::size_t>(std::max(limit, 1)));
  return page;
}

Result<std::string> SqliteCatalogue::script(std::span<const std::string> path,
                                            protocol::ScriptKind kind, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const auto object = objectOf(path);
  if (!object) return noSuchNode();
  if (kind == protocol::ScriptKind::preview) {
    if (object->first != "table" && object->first != "view") return noSuchNode();
    return "SELECT * FROM " + quoteName(path[0]) + "." + quoteName(object->second) + " LIMIT 1000";
  }
  const Session::Guard guard(session_, cancel);
  auto found = readRows(session_, "definition", path[0], {object->first, object->second}, cancel);
  if (!found) return found.error();
  if (found->empty()) return noSuchNode();
  if (found->front()[0].empty())
    return Error{.code = ErrorCode::unsupported,
                 .message = "SQLite made this object itself; no statement created it"};
  return found->front()[0] + ";";
}

Result<advise::CatalogueFacts> SqliteCatalogue::tableFacts(std::span<const sql::ObjectName> first,
                                                           int limit, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const Session::Guard guard(session_, cancel);
  return readTableFacts(session_, first, static_cast<std::size_t>(std::clamp(limit, 1, 10000)),
                        cancel);
}

}  // namespace mydba::sqlite
