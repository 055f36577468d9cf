// @ts-check
/*
 * The arithmetic of the weight lab: what `paritrana.analysis` and `paritrana.engine` compute, in the browser.
 *
 * Its parts are functions that use nothing but each other, so that they run in a page, in a Worker made from their
 * texts (also where the page was opened from a folder), and in a test. Nothing here knows of the page.
 *
 * Criterion scores are whole millionths of a point, weights whole parts of their own sum: every total is a whole
 * number below 2 ** 53, exact in doubles, so that ties are real ties and the results are those of the Python engine.
 * What may be larger (crossings, the proofs of the linear programmes) is computed in BigInt.
 */

/**
 * @typedef {"modelled" | "plausible" | "anything" | "known"} LabAssumption
 * @typedef {"all" | "nominees"} LabCandidates
 * @typedef {[bigint, bigint]} LabFraction numerator and denominator, the latter positive, without common divisor
 * @typedef {[number, number, number?]} LabCell position of a region, its lowest score, its highest where that is larger
 *
 * @typedef {object} LabColumn the scores of one criterion in one year, all regions
 * @property {[number, number] | null} fill what most regions without a record may have; null: anything, 0 to 100 points
 * @property {LabCell[]} recorded the regions with a record
 * @property {LabCell[]} filled the regions without a record for which something else than `fill` is plausible
 *
 * @typedef {object} LabModelled what is modelled of one criterion in one year, the regions of one province
 * @property {LabCell[]} ranges the 90 % range of each region without a record
 * @property {[number, number, number][]} drawn the regions whose score is not one number: position, least, most
 * @property {string} packed their joint draws: a letter each, the steps from the least to the most, region after region
 *
 * @typedef {object} LabEstimates what is modelled of one province
 * @property {number} draws how many joint draws there are
 * @property {number} steps of a letter from the least to the most
 * @property {Record<string, (LabModelled | null)[]>} years year -> one for each of the columns in `scores`; null for
 *   what is never public
 *
 * @typedef {object} LabRubric
 * @property {string} id
 * @property {string} title
 * @property {string} source where the weights come from, a sentence
 * @property {"hypothesis" | "official" | "user"} status
 * @property {"additive" | "geometric"} aggregation
 * @property {"min" | "max" | "dense"} ties
 * @property {number | null} round decimals of the total that is ranked
 * @property {string[]} criteria ids
 * @property {number[]} parts weights of the criteria, whole parts
 * @property {number[]} columns positions in `scores`, one for each criterion
 *
 * @typedef {object} LabProvince
 * @property {string} code
 * @property {string} name
 * @property {string} slug the folder of its chapter; empty where it has none
 * @property {boolean} [fictional]
 *
 * @typedef {object} LabData
 * @property {number} version
 * @property {number[]} years
 * @property {number} year the book's
 * @property {string} rubric the book's
 * @property {LabAssumption} assumption the book's
 * @property {LabProvince[]} provinces
 * @property {[string, string, number][]} regions code, name, position of the province; sorted by code
 * @property {LabRubric[]} rubrics
 * @property {Record<string, {title: string, indicator: string | null}>} criteria
 * @property {Record<string, Record<string, string[]>>} nominees year, province -> codes of the known candidates
 * @property {Record<string, Record<string, [string, number][]>>} podiums year, province -> code and announced rank
 * @property {Record<string, LabColumn[]>} scores year -> columns
 * @property {Record<string, [string, string, string, number[], number[]?][][]>} origins year -> for each column kind,
 *   figure, date, positions in `links` and, where there are any, in `doubts`, of the cells in `filled` and then of
 *   those in `recorded`; the fictional ones have none
 * @property {string[]} doubts what speaks against figures, in a word or two
 * @property {[string, string][]} links address and title of each source
 * @property {Record<string, string>} scripts province -> checksum of the script that brings what is modelled of it
 * @property {Record<string, LabEstimates>} estimates province -> what its script brought
 * @property {LabOwn} [own] the file of the reader's that all of it is made from
 *
 * @typedef {object} LabOrigin where a score is from
 * @property {"recorded" | "conflict" | "converted" | "neighbour"} kind as recorded; sources differ; from a share on
 *   another base; from a neighbouring year
 * @property {string} value the figure that was scored
 * @property {string} date of the figure; empty where none is known
 * @property {[string, string][]} links address and title of each source
 * @property {string[]} doubts what speaks against the figure
 *
 * @typedef {object} LabChoice
 * @property {number} year
 * @property {string} province a code, or "ID" for the whole country
 * @property {string} rubric an id
 * @property {LabCandidates} candidates
 * @property {LabAssumption} assumption
 *
 * @typedef {object} LabTable N regions by K criteria; matrices are row-major, region by region
 * @property {LabAssumption} assumption that of the choice; *plausible* where nothing is there of what is modelled
 * @property {string[]} codes
 * @property {string[]} names
 * @property {number[]} provinces position of each region's province in the data
 * @property {boolean[]} recorded whether anything is recorded of a region in this year; only these have a rank. In a
 *   file of the reader's all have one
 * @property {string[]} criteria ids of the criteria that count
 * @property {string[]} titles
 * @property {string[]} leftOut ids of the rubric's criteria that do not count under the assumption
 * @property {number[]} parts the rubric's weights of the criteria that count
 * @property {Float64Array} low lowest scores, millionths of a point
 * @property {Float64Array} middle
 * @property {Float64Array} high
 * @property {Float64Array} least what is added up, lowest: the scores, or their logarithms for a geometric mean
 * @property {Float64Array} most what is added up, highest
 * @property {Float64Array | null} sample joint draws of what is added up, D * N * K; null where there are none, and
 *   each score is drawn by itself between `least` and `most`
 * @property {string[][]} doubts what speaks against any figure of a region that counts here
 * @property {boolean[]} cells which scores come from a record, N * K
 * @property {"min" | "max" | "dense"} ties
 * @property {"additive" | "geometric"} aggregation
 * @property {number | null} round
 * @property {string[]} notRankable codes of candidates without one recorded figure among the criteria ("known" only)
 * @property {[number, number][]} podium position of a region and its announced rank, by rank
 * @property {boolean} podiumWhole whether the podium was announced from the first place on, all of it in this table
 * @property {boolean} rankable whether there are two regions, a criterion and a record
 *
 * @typedef {object} LabRanks
 * @property {Int32Array} rank at the middle, among the recorded regions; 0 for the others, whose middle says nothing
 * @property {Float64Array} low lowest total, points
 * @property {Float64Array} middle
 * @property {Float64Array} high
 * @property {Float64Array} keys what is ranked: whole numbers, equal where two are tied
 * @property {Int32Array} best best rank under these weights whatever the values inside the intervals, among all
 * @property {Int32Array} worst
 * @property {number[]} order positions: ranked ones by rank, equals by code; then the others by code
 * @property {Float64Array} contributions N * K, points; each row sums to `middle`
 *
 * @typedef {object} LabOvertaking the first change of the order on the way of one weight, others in proportion
 * @property {number} criterion
 * @property {"up" | "down"} direction which way the weight moves
 * @property {LabFraction} exact the weight at which both are tied
 * @property {number} weight the same as a number from 0 to 1
 * @property {number} distance from the present weight, 0 to 1
 * @property {number} up position of the region that passes
 * @property {number} down position of the region that is passed
 *
 * @typedef {object} LabLead where one region leads another while one weight moves, others in proportion
 * @property {[number, number] | null} segment weights of the criterion from 0 to 1; null where it never leads
 * @property {[LabFraction, LabFraction] | null} exact
 * @property {boolean} tied whether both are equal along the whole way
 *
 * @typedef {object} LabFirst the smallest change (L1) that makes a region first or tied first, at the middle
 * @property {boolean} possible
 * @property {number} distance sum of all changes, of weights with sum 1; half of it is what is moved. NaN: impossible
 * @property {number[]} weights sum 1; empty where impossible
 * @property {bigint[]} parts the same exactly, as whole parts of their own sum
 * @property {number[] | null} near weights in hundredths of a percent beside them at which the region is first; null
 *   where there are none so near
 * @property {number[]} tied positions of the others who are first at exactly these weights
 * @property {number[]} rivals positions of those who hold the change where it is, or who together make it impossible
 *
 * @typedef {object} LabPodium whether some weights give the announced podium, places shared by a tie counted as given
 * @property {LabPodiumAnswer} middle values at the middle of their intervals
 * @property {LabPodiumAnswer} free any values inside their intervals
 *
 * @typedef {object} LabPodiumAnswer
 * @property {boolean} possible
 * @property {boolean} clear whether each place can be ahead of the next by a millionth of a point
 * @property {number} distance L1 distance of the nearest such weights; NaN where impossible
 * @property {number[]} weights the nearest such weights, sum 1; empty where impossible
 * @property {bigint[]} parts the same exactly
 * @property {number[] | null} near as in LabFirst
 * @property {[number, number][]} conflict pairs of positions (above, below) that together no weights satisfy
 *
 * @typedef {object} LabSample
 * @property {number} draws
 * @property {number} radius
 * @property {Uint32Array} counts N * N: draws in which a region (row) has a rank (column, the first is 0)
 * @property {Float64Array} expected mean rank
 * @property {Float64Array} first share of draws with rank 1
 * @property {Float64Array} top3 share of draws with a rank of at most 3
 * @property {Int32Array} best lower end of the central 90 % of draws
 * @property {Int32Array} worst
 *
 * @typedef {object} LabSampling draws that go on where they stopped: the same however they are cut into chunks
 * @property {(draws: number) => void} draw
 * @property {() => LabSample} result
 *
 * @typedef {object} LabWeights weights as whole numbers that keep their sum
 * @property {number} WHOLE the sum: weights are moved in hundredths of a percent
 * @property {(weights: number[], locked: boolean[], index: number, value: number) => number[]} move
 * @property {(count: number) => number[]} equal
 * @property {(count: number, index: number) => number[]} only
 * @property {(parts: number[]) => number[]} fromParts
 * @property {(weights: number[]) => number[]} toParts
 *
 * @typedef {object} LabCoreApi
 * @property {(data: LabData, choice: LabChoice) => LabTable} table
 * @property {(data: LabData, choice: LabChoice, code: string, criterion: string) => LabOrigin | null} origin
 * @property {(table: LabTable, parts: number[]) => LabRanks} rank
 * @property {LabWeights} weights
 * @property {(table: LabTable, parts: number[]) => LabOvertaking[]} nextOvertaking
 * @property {(table: LabTable, parts: number[], a: number, b: number) => LabLead[]} leads
 * @property {(table: LabTable, parts: number[], region: number) => LabFirst} smallestFirst
 * @property {(table: LabTable, parts: number[]) => LabPodium | null} podium
 * @property {(table: LabTable, parts: number[], radius: number, seed: number) => LabSampling} sampling
 * @property {(table: LabTable, parts: number[], radius: number, draws: number, seed: number) => LabSample} sample
 */

/** @returns {LabCoreApi} */
function ParitranaLabCore() {
  "use strict";

  const numbers = ParitranaLabNumbers();
  const ranks = ParitranaLabRanks(numbers);
  return Object.freeze({
    rank: ranks.rank,
    logScores: ranks.logScores,
    weights: ParitranaLabShares(numbers),
    ...ParitranaLabTables(numbers, ranks, ParitranaLabEstimates()),
    ...ParitranaLabCrossings(numbers, ranks),
    ...ParitranaLabAnswers(numbers, ranks, ParitranaLabNearest(numbers)),
    ...ParitranaLabDraws(numbers, ranks),
  });
}
