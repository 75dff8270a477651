#include "engines/subject.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "native/catch.h"
#include "net/url.h"

namespace mydba::contract {
namespace {

constexpr std::string_view prefix = "MYDBA_TEST_";

bool isUrl(std::string_view name) {
  return name.starts_with(prefix) && !name.ends_with("_SOCKET") && !name.ends_with("_PID") &&
         !name.ends_with("_SKIPPED");
}

Subject fromUrl(std::string name, std::string_view url) {
  INFO(name);
  auto parsed = net::parseUrl(url);
  if (!parsed) FAIL(parsed.error().message);
  const Engine* engine = findEngine(parsed->profile.engine);
  REQUIRE(engine != nullptr);
  return {.name = std::move(name),
          .engine = engine,
          .profile = std::move(parsed->profile),
          .password = parsed->password.value_or("")};
}

bool hasEngine(std::string_view url) {
  const std::string_view scheme = url.substr(0, url.find(':'));
  for (const Engine* engine : engines())
    for (const std::string& known : engine->descriptor().schemes)
      if (scheme == known) return true;
  return false;
}

}  // namespace

Result<std::unique_ptr<Connection>> Subject::connect(const CancelToken& cancel) const {
  const SecretSource secrets = [this](protocol::SecretKind) {
    return Result<std::optional<std::string>>(password);
  };
  return engine->connect(profile, secrets, cancel);
}

std::vector<Subject> subjects() {
  std::vector<Subject> found;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view entry = *variable;
    const auto equals = entry.find('=');
    const std::string name(entry.substr(0, equals));
    const std::string_view value = entry.substr(equals + 1);
    if (isUrl(name) && value.find(':') != value.npos && hasEngine(value))
      found.push_back(fromUrl(name, value));
  }
  for (const Engine* engine : engines())
    if (engine->descriptor().isFile)
      found.push_back(fromUrl(engine->descriptor().id,
                              engine->descriptor().schemes.front() + ":/tmp/mydba-contract-" +
                                  std::to_string(::getpid()) + ".db?mode=rwc"));
  return found;
}

std::optional<std::string> whySkipped(const Engine& engine) {
  std::string variable = std::string(prefix) + engine.descriptor().id + "_SKIPPED";
  for (char& letter : variable)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  const char* why = std::getenv(variable.c_str());
  return why ? std::optional<std::string>(why) : std::nullopt;
}

Vocabulary vocabularyOf(const Engine& engine) {
  const std::string file =
      MYDBA_SOURCE_DIR "/tests/engines/vocabulary/" + engine.descriptor().id + ".json";
  std::ifstream in(file);
  if (!in) FAIL("write the statements of this engine: " << file);
  const auto json = nlohmann::json::parse(in);
  const auto& bad = json.at("bad");
  return {.one = json.at("one").at("sql"),
          .oneCell = json.at("one").at("cell"),
          .many = json.at("many").at("sql"),
          .manyRows = json.at("many").at("rows"),
          .slow = json.at("slow").at("sql"),
          .bad = bad.at("sql"),
          .badCode = bad.at("code"),
          .badPosition = bad.contains("position") ? std::optional<std::int64_t>(bad.at("position"))
                                                  : std::nullopt};
}

bool Recorder::begin(std::span<const protocol::Column> description) {
  columns = description.size();
  return true;
}

bool Recorder::row(std::span<const Cell> cells) {
  if (rows++ == 0 && !cells.empty()) firstCell = cells.front().text();
  if (cancelAt != nullptr) cancelAt->cancel(CancelReason::user);
  return rows != stopAfter;
}

}  // namespace mydba::contract
