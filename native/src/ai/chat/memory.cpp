#include "ai/chat/memory.h"

#include "ai/json_text.h"
#include "base/utf8.h"

namespace mydba::ai {
namespace {

constexpr std::size_t longestText = 8000;

std::string shortText(const Json& object, const char* name) {
  return std::string(utf8Prefix(textOf(object, name), longestText));
}

std::vector<std::string> textsOf(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return texts;
  for (const Json& item : *found)
    if (item.is_string() && texts.size() < 50) texts.push_back(item.get<std::string>());
  return texts;
}

}  // namespace

void Memory::add(RememberedTurn turn) {
  turn.text = std::string(utf8Prefix(turn.text, longestText));
  if (turn.sql && turn.sql->size() > longestText) turn.sql.reset();
  turns.push_back(std::move(turn));
  if (turns.size() > intent::rememberedTurns) turns.erase(turns.begin());
}

std::optional<std::string> Memory::lastSql() const {
  for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn)
    if (turn->sql) return turn->sql;
  return std::nullopt;
}

intent::Conversation Memory::conversation() const {
  intent::Conversation list;
  for (const RememberedTurn& turn : turns)
    list.push_back(
        {.text = turn.text, .intent = turn.intent, .sql = turn.sql, .tables = turn.tables});
  return list;
}

std::vector<std::string> Memory::questions() const {
  std::vector<std::string> list;
  for (const RememberedTurn& turn : turns)
    if (!turn.text.empty()) list.push_back(turn.text);
  return list;
}

Memory readMemory(std::string_view text) {
  Memory memory;
  const auto json = parseJson(text);
  if (!json || !json->is_object()) return memory;
  memory.connection = shortText(*json, "connection");
  const auto turns = json->find("turns");
  if (turns == json->end() || !turns->is_array()) return memory;
  for (const Json& item : *turns) {
    if (!item.is_object()) continue;
    RememberedTurn turn{.command = shortText(item, "command"),
                        .text = shortText(item, "text"),
                        .intent = shortText(item, "intent"),
                        .sql = {},
                        .tables = textsOf(item, "tables")};
    if (auto sql = shortText(item, "sql"); !sql.empty()) turn.sql = std::move(sql);
    memory.add(std::move(turn));
  }
  return memory;
}

std::string writeMemory(const Memory& memory) {
  Json json = {{"connection", memory.connection}, {"turns", Json::array()}};
  for (const RememberedTurn& turn : memory.turns) {
    Json item = {{"command", turn.command},
                 {"text", turn.text},
                 {"intent", turn.intent},
                 {"tables", turn.tables}};
    if (turn.sql) item["sql"] = *turn.sql;
    json["turns"].push_back(std::move(item));
  }
  return jsonText(json);
}

}  // namespace mydba::ai
