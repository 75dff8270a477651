#include "engines/mysql/what_if_scratch.h"

#include "engines/mysql/statement.h"

namespace mydba::mysql {

Result<void> Scratch::create(const std::string& database, const CancelToken& cancel) {
  if (databases_.contains(database)) return {};
  // A letter after the number, so that no name is the beginning of another.
  const auto name = name_ + '_' + std::to_string(databases_.size()) + 'x';
  // Before it is asked for: a call that was cut off may have made it.
  databases_[database] = name;
  const auto made = own_.query("CREATE DATABASE " + quoteName(name), cancel);
  if (!made) return made.error();
  return {};
}

Aliases Scratch::aliases() const {
  Aliases aliases;
  for (const auto& [database, scratch] : databases_) aliases.emplace_back(scratch, database);
  return aliases;
}

Result<void> Scratch::dropAll(Session& session) {
  while (!databases_.empty()) {
    const auto first = databases_.begin();
    const auto dropped =
        session.query("DROP DATABASE IF EXISTS " + quoteName(first->second), CancelToken{});
    if (!dropped) return dropped.error();
    databases_.erase(first);
  }
  return {};
}

Result<void> Scratch::drop() {
  if (databases_.empty()) return {};
  const auto dropped = dropWith(own_, [this](Session& session) { return dropAll(session); });
  if (dropped) return {};
  Error error = dropped.error();
  error.hint = "scratch databases were left on the server; remove them with";
  for (const auto& [database, scratch] : databases_)
    error.hint += " DROP DATABASE IF EXISTS " + quoteName(scratch) + ";";
  databases_.clear();
  return error;
}

}  // namespace mydba::mysql
