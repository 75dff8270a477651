#pragma once

#include <optional>
#include <string>
#include <vector>

#include "types.h"

namespace mydba::optimize {

/// The statement as it is, or as it would be.
struct Side {
  std::optional<std::int64_t> rows;
  std::optional<double> ms;    ///< median of the measured runs
  std::optional<double> cost;  ///< of the planner, in its own unit
  std::string plan;            ///< as plan::textTree; empty when there is none
};

/// What may make a statement faster.
struct Proposal {
  enum class Kind { index, rewrite, advice };
  /// Nothing but a measured comparison of rows and times is a proof.
  enum class Proof {
    proven,    ///< run beside the statement: the same rows, and faster
    planned,   ///< the planner, asked what it would do, takes it and expects less work
    unproven,  ///< `reason` says why
  };
  Kind kind = Kind::advice;
  Proof proof = Proof::unproven;
  std::string title;
  std::string sql;  ///< another text of the statement, or a CREATE INDEX; empty of an advice
  std::string why;
  protocol::Citation citation;
  std::string reason;      ///< what the proof rests on, or why there is none; no full stop
  std::string holdsWhile;  ///< what the same rows rest on beside the rules of SQL; may be empty
  Side before;
  Side after;
};

/// What was tried and is not shown.
struct Dropped {
  int different = 0;  ///< other rows or columns
  int notFaster = 0;  ///< not clearly faster, much slower, or cut off for that
  int failed = 0;     ///< does not run here
  int notUsed = 0;    ///< an index that the planner does not take, or expects nothing of
};

struct Proposals {
  std::vector<Proposal> proposals;  ///< best first
  Dropped dropped;
  Side now;
};

}  // namespace mydba::optimize
