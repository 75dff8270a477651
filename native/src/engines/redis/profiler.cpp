#include "engines/redis/profiler.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/wait.h"
#include "engines/redis/command_facts.h"
#include "engines/redis/command_line.h"
#include "engines/redis/command_policy.h"
#include "engines/redis/error_reply.h"
#include "engines/redis/monitor_sample.h"
#include "engines/redis/server_counters.h"
#include "guard/wording.h"
#include "plan/rule.h"
#include "sql/keyword.h"

namespace mydba::redis {
namespace {

using protocol::ProfileStage;
using protocol::ProfileStageKind;

/// A command that grows with its data is worth a word from here.
constexpr std::int64_t manyElements = 1000;
constexpr double slowMs = 1;
constexpr int pings = 3;
constexpr int slowEntries = 16;

/// The reply as it came, in milliseconds from sending the command.
struct Answer {
  double firstMs = 0;
  double totalMs = 0;
  std::int64_t elements = 0;  ///< of the outermost list; 1 for a value, 0 for nil
  std::uint64_t bytes = 0;    ///< of texts and numbers
};

class Measurement {
 public:
  Measurement(Session& session, const protocol::ServerInfo& server, Command command)
      : session_(session), command_(std::move(command)) {
    profile_.engine = server.engine;
    profile_.version = server.version;
  }

  Result<protocol::Profile> run(bool enableInstruments, const CancelToken& cancel) {
    const double roundTrip = pingMs();
    const std::int64_t lastSlow = lastSlowEntry();
    const auto before = readCounters(session_, command_);
    auto monitor = listen(enableInstruments, cancel);
    const auto answer = send();
    if (!answer) return answer.error();
    const auto after = before ? readCounters(session_, command_) : before;
    if (monitor) tellOthers(monitor->end(session_));
    measured(before, after);
    if (!executionMs_) readSlowLog(lastSlow);
    addStages(*answer, roundTrip);
    addFacts(*answer);
    if (!session_.alive())
      return Error{.code = ErrorCode::connectionLost,
                   .message = "the connection was lost during the profile"};
    return std::move(profile_);
  }

 private:
  void missing(std::string what, std::string reason, std::optional<std::string> fix,
               bool canEnable = false) {
    protocol::Unavailable entry{.what = std::move(what), .reason = std::move(reason)};
    entry.fix = std::move(fix);
    if (canEnable) entry.canEnable = true;
    profile_.unavailable.push_back(std::move(entry));
  }

  /// The fastest of a few: the way to the server and back, with next to no work.
  double pingMs() {
    double best = 0;
    for (int i = 0; i < pings; ++i) {
      const auto start = Clock::now();
      if (!session_.ask({"PING"})) return 0;
      const double ms = millisecondsSince(start);
      best = i == 0 ? ms : std::min(best, ms);
    }
    return best;
  }

  std::unique_ptr<MonitorSample> listen(bool enable, const CancelToken& cancel) {
    static const std::string what = "Commands of other clients meanwhile";
    if (!enable) {
      missing(what, "MONITOR tells them, and may halve the server's throughput while it does",
              std::nullopt, /*canEnable=*/true);
      return nullptr;
    }
    auto sample = MonitorSample::begin(session_, cancel);
    if (sample) return std::move(*sample);
    missing(what, "MONITOR: " + sample.error().message, "ACL SETUSER … +monitor");
    return nullptr;
  }

  Result<Answer> send() {
    Answer answer;
    const auto start = Clock::now();
    if (auto sent = session_.send(command_); !sent) return sent.error();
    Token token;
    // Each list says how many tokens follow for it.
    for (std::uint64_t open = 1, seen = 0; open > 0; --open, ++seen) {
      if (auto read = session_.next(token); !read) return read.error();
      if (seen == 0) answer.firstMs = millisecondsSince(start);
      if (seen == 0 && token.kind == Token::Kind::error) return errorOfReply(token.text);
      const bool list = token.kind == Token::Kind::array;
      if (seen == 0) answer.elements = list ? token.number : token.kind != Token::Kind::nil;
      if (list)
        open += static_cast<std::uint64_t>(std::max<std::int64_t>(token.number, 0));
      else
        answer.bytes += std::max<std::uint64_t>(token.size, token.text.size());
    }
    answer.totalMs = millisecondsSince(start);
    return answer;
  }

  void measured(const Result<ServerCounters>& before, const Result<ServerCounters>& after) {
    if (!before || !after) {
      missing("Execution time on the server",
              "INFO: " + (before ? after.error() : before.error()).message, "ACL SETUSER … +info");
      return;
    }
    profile_.metrics = movedBetween(*before, *after);
    const auto calls = after->command.calls - before->command.calls;
    const auto spent = after->command.microseconds - before->command.microseconds;
    if (calls <= 0 || spent < 0) {  // CONFIG RESETSTAT came between
      missing("Execution time on the server", "the server has not counted this command",
              std::nullopt);
      return;
    }
    executionMs_ = static_cast<double>(spent) / static_cast<double>(calls) / 1000;
    if (calls > 1)
      profile_.notices.push_back("The execution time is the mean of " +
                                 guard::counted(calls, "run") +
                                 ": other clients sent the same command meanwhile.");
  }

  void tellOthers(const OthersCommands& others) {
    std::vector<std::pair<std::int64_t, std::string>> sorted;
    for (const auto& [name, count] : others.counts) sorted.emplace_back(-count, name);
    std::sort(sorted.begin(), sorted.end());
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 5); ++i)
      text += (i == 0 ? ": " : ", ") + displayText(sorted[i].second) + " " +
              std::to_string(-sorted[i].first);
    profile_.notices.push_back(
        "MONITOR listened for " + plan::duration(others.ms) + " and heard " +
        guard::counted(others.total, "command") + " of other clients" + text + "." +
        (others.cut ? " It ended at its limit of a second or 1,000 lines." : "") +
        " It slows the server down, and so this run.");
  }

  std::int64_t lastSlowEntry() {
    const auto reply = session_.ask({"SLOWLOG", "GET", "1"});
    if (!reply) {
      if (reply.error().engineCode == "NOPERM")
        missing("Slow log", reply.error().message, "ACL SETUSER … +slowlog|get");
      return -1;
    }
    if (reply->elements.empty() || reply->elements[0].elements.empty()) return -1;
    return reply->elements[0].elements[0].token.number;
  }

  /// An entry is a list of id, time, microseconds, arguments, address and name of the client
  /// (redis.io/commands/slowlog-get).
  void readSlowLog(std::int64_t last) {
    const auto reply = session_.ask({"SLOWLOG", "GET", std::to_string(slowEntries)});
    if (!reply) return;
    for (const Reply& entry : reply->elements) {
      if (entry.elements.size() < 6 || entry.elements[0].token.number <= last) continue;
      const auto& arguments = entry.elements[3].elements;
      const bool own = entry.elements[5].text() == session_.clientName() && !arguments.empty() &&
                       sql::upperCase(arguments[0].text()) == sql::upperCase(command_[0]);
      if (own) executionMs_ = static_cast<double>(entry.elements[2].token.number) / 1000;
    }
  }

  /// The server says how long the command took and not when: what came before is the way there and
  /// the queue, what comes behind is the way back.
  void addStages(const Answer& answer, double roundTrip) {
    auto& totals = profile_.totals;
    totals.totalMs = answer.totalMs;
    totals.rows = static_cast<double>(answer.elements);
    const double execution = std::min(executionMs_.value_or(0), answer.firstMs);
    if (executionMs_) totals.serverMs = *executionMs_;
    const double back = std::min(roundTrip / 2, answer.firstMs - execution);
    const double before = answer.firstMs - execution - back;
    const auto add = [&](const char* name, ProfileStageKind kind, double start, double duration,
                         std::vector<protocol::NamedValue> extra) {
      profile_.stages.push_back({.name = name,
                                 .kind = kind,
                                 .startMs = start,
                                 .durationMs = duration,
                                 .level = 0,
                                 .approximate = true,
                                 .extra = std::move(extra)});
    };
    add(executionMs_ ? "Network and queue" : "Network, queue and execution", ProfileStageKind::wait,
        0, before, {{"fastest PING", plan::duration(roundTrip)}});
    if (executionMs_) add("Execution", ProfileStageKind::command, before, execution, {});
    add("Reply", ProfileStageKind::io, before + execution, answer.totalMs - before - execution,
        {{"bytes", plan::dataSize(static_cast<double>(answer.bytes))},
         {"elements", plan::groupedNumber(static_cast<double>(answer.elements))}});
  }

  void addFacts(const Answer& answer) {
    const CommandFacts facts = readFacts(session_, command_);
    auto& extra = *profile_.stages[executionMs_ ? 1 : 0].extra;
    if (!facts.complexity.empty()) extra.push_back({"complexity", facts.complexity});
    if (const std::string usual = usualLatency(session_, command_); !usual.empty())
      extra.push_back({"usual latency (µs)", usual});
    extra.insert(extra.end(), facts.keys.begin(), facts.keys.end());
    if (!facts.mayAsk)
      missing("What the keys hold", "the user may not run TYPE, OBJECT ENCODING or MEMORY USAGE",
              "ACL SETUSER … +type +object|encoding +memory|usage");
    const auto size = std::max(facts.elements, answer.elements);
    if (facts.grows() && (size >= manyElements || executionMs_.value_or(0) >= slowMs))
      profile_.notices.push_back(sql::upperCase(command_[0]) + " takes longer the more there is (" +
                                 facts.complexity + "), and every other client waits meanwhile.");
  }

  Session& session_;
  Command command_;
  protocol::Profile profile_;
  std::optional<double> executionMs_;
};

}  // namespace

Result<MeasuredRun> RedisProfiler::profile(const guard::CheckedStatement& statement,
                                           bool enableInstruments, const CancelToken& cancel) {
  const auto command = splitCommandLine(statement.text());
  if (!command) return command.error();
  if (command->empty())
    return Error{.code = ErrorCode::syntax, .message = "there is no command", .position = 0};
  const std::string name = sql::upperCase((*command)[0]);
  if (auto allowed = checkCommand(*command); !allowed) return allowed.error();
  if (session_.queueing())
    return Error{.code = ErrorCode::refused,
                 .message = "commands are being queued (MULTI): a profile would be queued too",
                 .hint = "EXEC or DISCARD first"};
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  const auto reads = isFlaggedReading(session_, *command);
  if (!reads && !session_.alive()) return reads.error();
  if (!reads || !*reads)
    return Error{.code = ErrorCode::refused,
                 .message = name + " is not profiled: the server does not say that it only reads" +
                            (reads ? "" : " (" + reads.error().message + ")"),
                 .hint = "A profile runs the command, and " + server_.flavour +
                         " cannot take back what it does"};
  auto profile = Measurement(session_, server_, *command).run(enableInstruments, cancel);
  if (!profile) return profile.error();
  return MeasuredRun{.profile = std::move(*profile), .tree = std::nullopt};
}

}  // namespace mydba::redis
