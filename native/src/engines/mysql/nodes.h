#pragma once

#include <string>
#include <string_view>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// The folders of a database and of a table; their titles are path elements too.
namespace folder {
inline constexpr std::string_view tables = "Tables";
inline constexpr std::string_view views = "Views";
inline constexpr std::string_view procedures = "Procedures";
inline constexpr std::string_view functions = "Functions";
inline constexpr std::string_view events = "Events";
/// Columns stand directly under their table; the element only keeps their paths apart from those
/// of folders, since a column may be called "Indexes".
inline constexpr std::string_view columns = "Columns";
inline constexpr std::string_view indexes = "Indexes";
inline constexpr std::string_view keys = "Keys";
inline constexpr std::string_view triggers = "Triggers";
}  // namespace folder

using Path = std::vector<std::string>;

/// Nodes from rows of the SQL file that is named like the function.
namespace node {
protocol::TreeNode database(const Row& row);
protocol::TreeNode folder(const Path& parent, std::string_view title);
protocol::TreeNode table(const Path& path, std::string_view type);
protocol::TreeNode routine(const Path& path, std::string_view returns);
protocol::TreeNode event(const Path& path, std::string_view status);
protocol::TreeNode column(const Path& table, const Row& row);
protocol::TreeNode trigger(const Path& table, const Row& row);
/// One node for each index or foreign key, from a row for each of its columns.
std::vector<protocol::TreeNode> indexes(const Path& table, const Rows& rows);
std::vector<protocol::TreeNode> foreignKeys(const Path& table, const Rows& rows);
protocol::TreeNode constraint(const Path& table, const Row& row);
}  // namespace node

}  // namespace mydba::mysql
