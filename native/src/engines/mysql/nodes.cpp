#include "engines/mysql/nodes.h"

#include "engines/tree_detail.h"

namespace mydba::mysql::node {
namespace {

using protocol::NodeAction;
using protocol::TreeNode;

Path under(Path path, std::string_view folder, std::string_view name) {
  path.emplace_back(folder);
  path.emplace_back(name);
  return path;
}

std::string text(const Row& row, std::size_t i) {
  return i < row.size() ? row[i].value_or("") : "";
}

TreeNode leaf(Path path, std::string kind, std::string detail, std::string icon) {
  TreeNode node;
  node.name = path.back();
  node.kind = std::move(kind);
  node.detail = std::move(detail);
  node.icon = std::move(icon);
  node.path = std::move(path);
  node.actions = {NodeAction::copyName};
  return node;
}

void append(std::string& list, std::string_view item) {
  if (!list.empty()) list += ", ";
  list += item;
}

/// COLUMN_KEY in words.
std::string_view keyFact(std::string_view key) {
  if (key == "PRI") return "primary key";
  if (key == "UNI") return "unique";
  return key == "MUL" ? "indexed" : "";
}

}  // namespace

TreeNode database(const Row& row) {
  auto made = leaf({text(row, 0)}, "database", text(row, 2) == "1" ? "system" : "", "database");
  made.children = true;
  made.tooltip = "Character set " + text(row, 1);
  made.actions.push_back(NodeAction::script);
  return made;
}

TreeNode folder(const Path& parent, std::string_view title) {
  Path path = parent;
  path.emplace_back(title);
  auto made = leaf(std::move(path), "folder", "", "folder");
  made.children = true;
  made.actions.clear();
  return made;
}

TreeNode table(const Path& path, std::string_view type) {
  const bool isView = type.ends_with("VIEW");
  const bool ordinary = type.empty() || type == "BASE TABLE" || type == "VIEW";
  auto made = leaf(path, isView ? "view" : "table", ordinary ? "" : std::string(type),
                   isView ? "eye" : "table");
  made.children = true;
  made.actions = {NodeAction::preview, NodeAction::copyName, NodeAction::script};
  return made;
}

TreeNode routine(const Path& path, std::string_view returns) {
  const bool isFunction = path[1] == mysql::folder::functions;
  auto made = leaf(path, isFunction ? "function" : "procedure", std::string(returns),
                   isFunction ? "symbol-function" : "symbol-method");
  made.actions.push_back(NodeAction::script);
  return made;
}

TreeNode event(const Path& path, std::string_view status) {
  auto made = leaf(path, "event", std::string(status), "watch");
  made.actions.push_back(NodeAction::script);
  return made;
}

TreeNode column(const Path& table, const Row& row) {
  const auto key = text(row, 3);
  const bool required = text(row, 2) == "NO";
  const auto given = text(row, 5);  // MariaDB (10.2.7 on) says NULL where there is none
  auto detail = treeDetail({text(row, 1), keyFact(key), required ? "not null" : "", text(row, 4),
                            defaultFact(given == "NULL" ? "" : given)});
  auto made = leaf(under(table, mysql::folder::columns, text(row, 0)), "column", std::move(detail),
                   key == "PRI" ? "key" : "symbol-field");
  std::string tooltip = made.name + " " + text(row, 1);
  if (row.size() > 5 && row[5]) tooltip += "\nDefault " + *row[5];
  if (!text(row, 6).empty()) tooltip += "\n" + text(row, 6);
  made.tooltip = std::move(tooltip);
  return made;
}

TreeNode trigger(const Path& table, const Row& row) {
  auto made = leaf(under(table, mysql::folder::triggers, text(row, 0)), "trigger",
                   text(row, 1) + " " + text(row, 2), "zap");
  made.actions.push_back(NodeAction::script);
  return made;
}

std::vector<TreeNode> indexes(const Path& table, const Rows& rows) {
  std::vector<TreeNode> nodes;
  std::string columns;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // An index on an expression has no column name (MySQL 8.0.13 on).
    append(columns, rows[i][3] ? *rows[i][3] : "(expression)");
    if (rows[i][4]) columns += "(" + *rows[i][4] + ")";
    if (i + 1 < rows.size() && rows[i + 1][0] == rows[i][0]) continue;
    const auto method = text(rows[i], 2);
    const bool unique = text(rows[i], 1) == "0";
    auto detail = treeDetail({columns, unique ? "unique" : "", method == "BTREE" ? "" : method});
    nodes.push_back(leaf(under(table, mysql::folder::indexes, text(rows[i], 0)), "index",
                         std::move(detail), "list-ordered"));
    columns.clear();
  }
  return nodes;
}

std::vector<TreeNode> foreignKeys(const Path& table, const Rows& rows) {
  std::vector<TreeNode> nodes;
  std::string from, to;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    append(from, text(rows[i], 1));
    append(to, text(rows[i], 4));
    if (i + 1 < rows.size() && rows[i + 1][0] == rows[i][0]) continue;
    std::string target = text(rows[i], 3);
    if (text(rows[i], 2) != table.front()) target = text(rows[i], 2) + "." + target;
    nodes.push_back(leaf(under(table, mysql::folder::keys, text(rows[i], 0)), "key",
                         from + " → " + target + " (" + to + ")", "references"));
    from.clear();
    to.clear();
  }
  return nodes;
}

TreeNode constraint(const Path& table, const Row& row) {
  return leaf(under(table, mysql::folder::keys, text(row, 0)), "key", text(row, 1),
              text(row, 1) == "CHECK" ? "check" : "key");
}

}  // namespace mydba::mysql::node
