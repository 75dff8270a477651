#include "engines/redis/catalogue.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "advise/catalogue/facts.h"
#include "engines/redis/command_line.h"
#include "engines/redis/key_nodes.h"
#include "engines/redis/keyspace.h"

namespace mydba::redis {
namespace {

using protocol::NodeAction;
using protocol::TreeNode;

constexpr std::size_t maxListings = 16;
constexpr std::chrono::milliseconds searchTime{400};

Error noSuchNode() {
  return {.code = ErrorCode::invalidParams, .message = "there is no such node"};
}

/// `db7`
std::optional<int> databaseOf(const std::string& name) {
  int number = 0;
  if (!name.starts_with("db")) return std::nullopt;
  const auto [end, error] = std::from_chars(name.data() + 2, name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size() || number < 0) return std::nullopt;
  return number;
}

std::string keyOf(std::span<const std::string> path) {
  std::string key;
  for (const std::string& part : path.subspan(1)) key += unescapeBytes(part);
  return key;
}

TreeNode databaseNode(int number, const std::map<int, Keyspace>& keyspaces) {
  const auto found = keyspaces.find(number);
  const Keyspace space = found == keyspaces.end() ? Keyspace{} : found->second;
  const std::string name = "db" + std::to_string(number);
  TreeNode node{.name = name,
                .kind = "database",
                .detail = space.keys == 0 ? "empty" : keyCount(space.keys),
                .icon = "database",
                .path = {name},
                .children = space.keys > 0,
                .actions = {NodeAction::copyName}};
  if (space.expires > 0) node.tooltip = std::to_string(space.expires) + " keys have a time to live";
  return node;
}

}  // namespace

Result<TreePage> RedisCatalogue::children(std::span<const std::string> path,
                                          const std::optional<std::string>& cursor, int limit,
                                          const CancelToken& cancel) {
  if (path.empty()) return databases(cursor, limit, cancel);
  return keys(path, cursor, limit, cancel);
}

Result<TreePage> RedisCatalogue::databases(const std::optional<std::string>& cursor, int limit,
                                           const CancelToken& cancel) {
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  auto keyspaces = readKeyspaces(session_);
  if (!keyspaces) return keyspaces.error();
  auto count = databaseCount(session_);
  if (!count) return count.error();
  int last = -1;
  if (cursor) {
    const auto after = databaseOf(*cursor);
    if (!after) return noSuchNode();
    last = *after;
  }
  // An ACL may hide the number of databases; those that have keys are known anyway.
  int end = std::max(*count, defaultDatabase_ + 1);
  if (!keyspaces->empty()) end = std::max(end, keyspaces->rbegin()->first + 1);
  TreePage page;
  for (int number = last + 1; number < end; ++number) {
    if (static_cast<int>(page.nodes.size()) == limit) {
      page.cursor = page.nodes.back().name;
      break;
    }
    page.nodes.push_back(databaseNode(number, *keyspaces));
  }
  return page;
}

Result<std::list<RedisCatalogue::OpenListing>::iterator> RedisCatalogue::findListing(
    int database, std::string prefix, const std::optional<std::string>& cursor) {
  if (cursor) {
    const auto found =
        std::find_if(listings_.begin(), listings_.end(), [&](const OpenListing& open) {
          return open.id == *cursor && open.listing.database() == database &&
                 open.listing.prefix() == prefix;
        });
    if (found == listings_.end())
      return Error{.code = ErrorCode::invalidParams,
                   .message = "this list of keys is out of date",
                   .hint = "refresh the node"};
    listings_.splice(listings_.begin(), listings_, found);
    return listings_.begin();
  }
  listings_.push_front({.id = {}, .listing = KeyListing(database, std::move(prefix))});
  if (listings_.size() > maxListings) listings_.pop_back();
  return listings_.begin();
}

Result<TreePage> RedisCatalogue::keys(std::span<const std::string> path,
                                      const std::optional<std::string>& cursor, int limit,
                                      const CancelToken& cancel) {
  const auto database = databaseOf(path[0]);
  if (!database) return noSuchNode();
  std::string prefix = keyOf(path);
  if (path.size() > 1 && !prefix.ends_with(':')) return TreePage{};
  if (auto started = session_.start(*database, cancel); !started) return started.error();
  auto open = findListing(*database, std::move(prefix), cursor);
  if (!open) return open.error();
  KeyListing& listing = (*open)->listing;
  auto entries = listing.page(session_, static_cast<std::size_t>(std::max(limit, 1)));
  if (!entries) return entries.error();
  auto nodes = nodesOf(session_, path, listing.prefix(), *entries);
  if (!nodes) return nodes.error();
  TreePage page{.nodes = std::move(*nodes)};
  if (listing.complete()) {
    listings_.erase(*open);
  } else {
    // A new name for each page: asking for a page that was already given is noticed.
    (*open)->id = std::to_string(++lastListing_);
    page.cursor = (*open)->id;
  }
  return page;
}

Result<TreePage> RedisCatalogue::search(std::string_view text, int limit,
                                        const CancelToken& cancel) {
  const auto end = Clock::now() + searchTime;
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  auto keyspaces = readKeyspaces(session_);
  if (!keyspaces) return keyspaces.error();
  const std::string pattern = containsGlob(text);
  TreePage page;
  for (const auto& [database, space] : *keyspaces) {
    if (auto started = session_.start(database, cancel); !started) return started.error();
    const std::size_t room = static_cast<std::size_t>(limit) - page.nodes.size();
    auto found = findKeys(session_, pattern, room, end);
    if (!found) return found.error();
    auto nodes = keyNodes(session_, database, found->keys);
    if (!nodes) return nodes.error();
    std::move(nodes->begin(), nodes->end(), std::back_inserter(page.nodes));
    // Its presence says that not all keys were looked at; a search has no second page.
    if (!found->complete) page.cursor = "more";
    if (static_cast<int>(page.nodes.size()) >= limit || Clock::now() >= end) break;
  }
  const std::string_view start = text;
  std::stable_sort(page.nodes.begin(), page.nodes.end(), [&](const TreeNode& a, const TreeNode& b) {
    const bool aFirst = startsWithoutCase(a.name, start);
    const bool bFirst = startsWithoutCase(b.name, start);
    return aFirst != bFirst ? aFirst : a.name < b.name;
  });
  return page;
}

Result<std::string> RedisCatalogue::script(std::span<const std::string> path,
                                           protocol::ScriptKind kind, const CancelToken& cancel) {
  const auto database = path.size() < 2 ? std::nullopt : databaseOf(path[0]);
  if (!database) return noSuchNode();
  if (kind == protocol::ScriptKind::definition)
    return Error{.code = ErrorCode::unsupported, .message = "keys have no definition"};
  if (auto started = session_.start(*database, cancel); !started) return started.error();
  const std::string key = keyOf(path);
  auto type = session_.ask({"TYPE", key});
  if (!type) return type.error();
  auto command = readCommand(type->text(), key);
  if (!command) return command.error();
  if (*database == defaultDatabase_) return *command;
  return "SELECT " + std::to_string(*database) + "\n" + *command;
}

Result<advise::CatalogueFacts> RedisCatalogue::tableFacts(std::span<const sql::ObjectName>, int,
                                                          const CancelToken&) {
  return Error{.code = ErrorCode::unsupported,
               .message = "keys have no columns, indexes or constraints to judge"};
}

}  // namespace mydba::redis
