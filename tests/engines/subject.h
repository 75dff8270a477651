#pragma once

// What the contract is tested on: every server that the environment names (scripts/db), and every
// engine that needs no server. Engines are not compared by name: what to say to each is data, in
// tests/engines/vocabulary/<engine id>.json.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/engine.h"

namespace mydba::contract {

/// Statements of one engine with what they must do.
struct Vocabulary {
  std::string one;      ///< one statement, one row, one cell
  std::string oneCell;  ///< that cell
  std::string many;     ///< very many rows
  std::int64_t manyRows = 0;
  std::string slow;  ///< takes a minute and gives nothing before
  std::string bad;   ///< the engine refuses it
  std::string badCode;
  std::optional<std::int64_t> badPosition;
};

struct Subject {
  std::string name;  ///< variable of the environment, or the engine's id
  const Engine* engine = nullptr;
  protocol::ConnectionProfile profile;
  std::string password;

  bool isFile() const { return engine->descriptor().isFile; }
  Result<std::unique_ptr<Connection>> connect(const CancelToken& cancel = {}) const;
};

/// Servers of the environment and file engines. Fails the running test for a URL that cannot be
/// read.
std::vector<Subject> subjects();

/// Why scripts/db has no server of this engine, when it says so.
std::optional<std::string> whySkipped(const Engine& engine);

/// Fails the running test when the engine has none, and says where to write it.
Vocabulary vocabularyOf(const Engine& engine);

/// Remembers what it was told, and stops or cancels where a test wants that.
class Recorder : public RowSink {
 public:
  std::int64_t stopAfter = -1;       ///< `row` answers false at this row; -1 for never
  CancelSource* cancelAt = nullptr;  ///< cancelled by the first row
  std::int64_t rows = 0;
  std::size_t columns = 0;
  int ends = 0;
  std::string firstCell;

  bool begin(std::span<const protocol::Column> description) override;
  bool row(std::span<const Cell> cells) override;
  void end(const ResultSetEnd&) override { ++ends; }
  void notice(std::string_view, std::string_view) override {}
};

}  // namespace mydba::contract
