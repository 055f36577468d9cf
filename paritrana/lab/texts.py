"""The sentences of the weight lab: written here, so that both languages have them, and handed to the script as JSON.

What the script fills in stays in braces.
"""

from __future__ import annotations

from paritrana.lab.estimates import DRAWS
from paritrana.lab.reading import file_texts
from paritrana.presentation.language import Text

# What stands in braces in the sentences below, and stays there.
_NAMES = """a above all area assumption b baseline before below candidates count data draws error example leaders name names now number pairs passed
passing place places radius rank ranks rivals rubric score share shown sum title version way weight weights word year"""
KEPT = {name: f"{{{name}}}" for name in _NAMES.split()}


def lab_texts(say: Text) -> dict[str, str]:
    """Every sentence of the lab by its key."""
    words: dict[str, str] = {}
    parts = (_choice, _gaps, _weights, _ranking, _detail, _chances, _pair, _questions, _answers, _compare, _keep)
    for part in (*parts, file_texts):
        words |= part(say)
    return words


def _choice(say: Text) -> dict[str, str]:
    """What is ranked, and how."""
    return {
        "choice": say("Pilihan"),
        "province": say("Wilayah"),
        "nation": say("Seluruh Indonesia"),
        "year": say("Tahun penilaian"),
        "candidates": say("Calon"),
        "candidates_all": say("semua daerah"),
        "candidates_nominees": say("nomine yang diumumkan"),
        "assumption": say("Anggapan tentang data kosong"),
        "modelled": say("diperkirakan"),
        "plausible": say("wajar"),
        "anything": say("apa pun"),
        "known": say("yang tercatat"),
        "rubric": say("Rubrik awal"),
        "choice_help": say("Arti pilihan ini"),
        "candidates_help": say("Daerah yang diperingkat. Daftar nomine yang ditemukan mungkin tidak lengkap."),
        "modelled_help": say(
            "Nilai yang tidak tercatat diperkirakan dengan model yang juga dipakai halaman provinsi. Rentangnya memuat 90 % dari yang mungkin, jadi bukan batas, juga bagi peringkat. Wawancara tidak dihitung."
        ),
        "plausible_help": say(
            "Nilai yang tidak tercatat dianggap berada dalam rentang yang wajar: dari tahun sebelum atau sesudahnya, atau persentil ke-5 sampai ke-95 dari yang tercatat di seluruh Indonesia. Wawancara tidak dihitung."
        ),
        "anything_help": say("Nilai yang tidak tercatat, juga wawancara, boleh berapa saja: batas yang paling aman."),
        "known_help": say(
            "Hanya kriteria yang tercatat untuk sedikitnya 60 % calon yang dihitung; data kosong yang tersisa diisi secara wajar."
        ),
        "not_rankable": say(
            "Pilihan ini tidak dapat diperingkat: calonnya kurang dari dua, atau tidak ada kriteria yang tercatat baginya. Pilih wilayah, tahun, calon, atau anggapan lain."
        ),
        "damaged": say("Tautan ini rusak atau bukan dari halaman ini, jadi yang ditampilkan adalah pilihan bawaan."),
        "other_data": say(
            "Tautan ini dibuat dengan versi data yang lain; hasilnya dapat berbeda dari yang dilihat pembuatnya."
        ),
        "title": say("{area}, tahun penilaian {year}", **KEPT),
    }


def _gaps(say: Text) -> dict[str, str]:
    """Why gaps are not (yet) shown as estimates, which were asked for."""
    return {
        "gaps_awaited": say("Perkiraan untuk {area} sedang dimuat.", **KEPT),
        "gaps_failed": say(
            "Perkiraan untuk {area} tidak dapat dimuat, jadi data kosong dianggap berada dalam rentang yang wajar.",
            **KEPT,
        ),
        "gaps_none": say(
            "Buku ini tidak memuat perkiraan untuk {area}, jadi data kosong dianggap berada dalam rentang yang wajar.",
            **KEPT,
        ),
    }


def _weights(say: Text) -> dict[str, str]:
    """The weights and who leads under them."""
    return {
        "weights": say("Bobot"),
        "weights_help": say(
            "Geser satu bobot; bobot lain menyesuaikan secara sebanding, kecuali yang dikunci. Jumlahnya selalu 100 %. Semua bobot adalah hipotesis."
        ),
        "field": say("{title}, persen", **KEPT),
        "refused": say(
            "Itu bukan angka, jadi bobot {title} tetap {weight}. Tulis angka dari 0 sampai 100, misalnya {example}.",
            **KEPT,
        ),
        "lock": say("Kunci bobot {title}", **KEPT),
        "lock_short": say("kunci"),
        "only_of": say("Hanya {title}: 100 %", **KEPT),
        "reset": say("Kembali ke rubrik"),
        "equal": say("Bobot sama"),
        "sum": say("Jumlah bobot: {sum} %", **KEPT),
        "podium_now": say("Tiga teratas sekarang, dengan skornya"),
        "leader": say("Peringkat 1: {now}, skor {score}.", **KEPT),
        "leader_new": say("Peringkat 1 berubah: dari {before} ke {now}, skor {score}.", **KEPT),
    }


def _ranking(say: Text) -> dict[str, str]:
    """The table of the ranking."""
    return {
        "ranking": say("Urutan daerah"),
        "column_rank": say("Peringkat"),
        "unit_rank": say("geseran dari rubrik awal"),
        "column_region": say("Kabupaten/kota"),
        "unit_region": say("tekan untuk rincian dan sumber"),
        "column_score": say("Skor"),
        "unit_score": say("poin di tengah rentang, rentangnya, dan sumbangan kriteria"),
        "column_range": say("Rentang peringkat"),
        "unit_range": say("karena data kosong"),
        "column_first": say("Pertama"),
        "unit_first": say("peluang, bobot bergeser"),
        "column_podium": say("Tiga besar"),
        "unit_podium": say("peluang, bobot bergeser"),
        "column_often": say("Peringkat"),
        "unit_often": say("90 % percobaan"),
        "ranking_help": say(
            "Rentang peringkat: peringkat terbaik dan terburuk dengan bobot ini, berapa pun nilai di dalam rentang data kosong. Skor yang sama berbagi peringkat yang lebih baik dan diurutkan menurut kode wilayah. Huruf pada batang menunjuk kriteria di daftar bobot; garis di bawahnya adalah rentang skor."
        ),
        "move_up": say("naik {places} tempat", **KEPT),
        "move_down": say("turun {places} tempat", **KEPT),
        "move_same": say("tetap"),
        "unrecorded": say("tanpa angka tahun itu"),
        "show_all": say("Tampilkan semua {all} daerah (sekarang {shown} teratas)", **KEPT),
        "others": say("{count} lainnya", **KEPT),
        "left_out": say("Tidak dapat diperingkat, karena tidak ada kriteria yang tercatat baginya: {names}.", **KEPT),
    }


def _detail(say: Text) -> dict[str, str]:
    """What stands behind a region."""
    return {
        "detail": say("{name}: nilai kriteria dan sumbernya", **KEPT),
        "criterion": say("Kriteria"),
        "of_weight": say("bobot {share}", **KEPT),
        "figure": say("Nilai"),
        "points": say("Skor kriteria"),
        "adds": say("Sumbangan"),
        "source": say("Sumber"),
        "gap": say("tidak tercatat"),
        "fictional": say("rekaan"),
        "kind_conflict": say("sumber berbeda"),
        "kind_converted": say("disetarakan"),
        "kind_neighbour": say("dari tahun lain"),
        "ranks_of": say("Peluang setiap peringkat: {ranks}.", **KEPT),
    }


def _chances(say: Text) -> dict[str, str]:
    """Probabilities and the next overtaking."""
    return {
        "sure": say("Seberapa pasti?"),
        "chances": say("Jika bobot boleh bergeser"),
        "chances_help": say(
            "Setiap bobot ditarik acak di sekitar bobot yang dipilih, dan setiap nilai di dalam rentangnya; peluang suatu peringkat adalah bagian percobaan yang menghasilkannya (keterterimaan peringkat)."
        ),
        "chances_help_together": say(
            "Setiap bobot ditarik acak di sekitar bobot yang dipilih. Nilai yang tidak tercatat ditarik bersama: satu dari {draws} kemungkinan menurut model, yang memuat nilai semua daerah sekaligus. Peluang suatu peringkat adalah bagian percobaan yang menghasilkannya (keterterimaan peringkat); halaman provinsi memakai lebih banyak kemungkinan, jadi angkanya dapat berbeda beberapa poin persen.",
            draws=DRAWS,
        ),
        "radius": say("Bobot bergeser paling jauh"),
        "radius_is": say("± {radius} poin persen", **KEPT),
        "progress": say("Percobaan berjalan"),
        "cancel": say("Batalkan"),
        "compute": say("Hitung ulang peluang"),
        "chances_none": say("Peluang belum dihitung untuk bobot ini."),
        "chances_found": say(
            "Dari {draws} percobaan dengan bobot ± {radius} poin persen, peluang peringkat 1 yang terbesar di antara daerah tercatat ialah {share} (peluang acak {baseline}; galat Monte Carlo ± {error} poin persen). Tabel memuat peluang setiap daerah; angka di baliknya ada yang diragukan, lihat rinciannya.",
            **KEPT,
        ),
        "every_rank": say("Peluang setiap peringkat"),
        "every_rank_caption": say("Peluang setiap peringkat, dalam persen"),
        "passing": say("Pergantian urutan berikutnya"),
        "passing_help": say(
            "Geseran terkecil satu bobot, dengan bobot lain ikut sebanding, yang mengubah urutan di tengah rentang."
        ),
        "passing_up": say(
            "Jika bobot {title} naik {way} poin persen menjadi {weight}, {passing} menyusul {passed}.", **KEPT
        ),
        "passing_down": say(
            "Jika bobot {title} turun {way} poin persen menjadi {weight}, {passing} menyusul {passed}.", **KEPT
        ),
        "passing_none": say("Tidak ada geseran satu bobot pun yang mengubah urutan."),
    }


def _pair(say: Text) -> dict[str, str]:
    """Two regions compared."""
    return {
        "pair": say("Dua daerah dibandingkan"),
        "pair_help": say(
            "Untuk setiap kriteria: pada bobot berapa daerah pertama berada di depan yang kedua, jika bobot lain ikut sebanding dan nilai di tengah rentang."
        ),
        "pair_a": say("Daerah pertama"),
        "pair_b": say("Daerah kedua"),
        "pair_same": say("Pilih dua daerah yang berbeda."),
        "pair_ahead": say("{a} berada di depan {b}, selisih {way} poin.", **KEPT),
        "pair_behind": say("{a} berada di belakang {b}, selisih {way} poin.", **KEPT),
        "pair_tied": say("{a} dan {b} mempunyai skor yang sama.", **KEPT),
        "pair_caption": say("Bobot yang menempatkan {a} di depan {b}", **KEPT),
        "pair_leads": say("{a} di depan, selama bobotnya", **KEPT),
        "pair_equal": say("selalu sama"),
        "always": say("selalu"),
        "never": say("tidak pernah"),
        "weight_now": say("Bobot sekarang"),
    }


def _questions(say: Text) -> dict[str, str]:
    """What can be asked."""
    return {
        "ask": say("Tanyakan"),
        "ask_help": say(
            "Jawaban dihitung dan dibuktikan dengan bilangan bulat, dengan nilai di tengah rentang, mulai dari bobot yang dipilih."
        ),
        "ask_first": say("Perubahan bobot terkecil agar menjadi yang pertama:"),
        "ask_first_button": say("Cari perubahan terkecil"),
        "ask_podium_button": say("Bobot mana yang menghasilkan podium yang diumumkan?"),
        "announced": say("Podium yang diumumkan: {places}.", **KEPT),
        "announced_part": say("Podium hanya diumumkan sebagian, jadi pertanyaan tentang podium tidak dapat diajukan."),
        "announced_none": say("Untuk pilihan ini tidak ada podium yang diumumkan dalam data."),
        "place": say("{rank}. {name}", **KEPT),
    }


def _answers(say: Text) -> dict[str, str]:
    """What is answered."""
    return {
        "first_already": say("{name} sudah menjadi yang pertama dengan bobot ini.", **KEPT),
        "first_found": say("{name} menjadi yang pertama jika {way} poin persen bobot dipindahkan.", **KEPT),
        "first_tied": say("Tepat pada bobot itu tempat pertama dibagi dengan {names}.", **KEPT),
        "first_never": say(
            "Tidak ada bobot yang menjadikan {name} pertama. Yang selalu menghalanginya: {rivals}.", **KEPT
        ),
        "podium_found": say("Podium yang diumumkan dapat dihasilkan. Bobot terdekat yang menghasilkannya:"),
        "podium_tied": say(
            "Podium yang diumumkan hanya dapat dihasilkan bila skornya seri. Bobot terdekat yang menghasilkannya:"
        ),
        "podium_free": say(
            "Dengan nilai di tengah rentang podium yang diumumkan tidak dapat dihasilkan, tetapi dapat jika nilai yang tidak diketahui dipilih dengan tepat. Bobot terdekat:"
        ),
        "podium_never": say(
            "Tidak ada bobot yang menghasilkan podium yang diumumkan, berapa pun nilai di dalam rentangnya."
        ),
        "podium_conflict": say("Yang tidak dapat dipenuhi bersama: {pairs}.", **KEPT),
        "above": say("{above} di atas {below}", **KEPT),
        "answer_caption": say("Bobot sekarang dan bobot jawaban"),
        "weight_new": say("Bobot jawaban"),
        "near": say("Yang diterapkan adalah bobot terdekat dalam perseratus persen yang memenuhi permintaan itu."),
        "no_near": say(
            "Jawaban ini hanya berlaku tepat pada bobot itu, jadi tidak dapat diterapkan dalam perseratus persen."
        ),
        "apply": say("Terapkan bobot ini"),
        "applied": say("Bobot diterapkan."),
    }


def _compare(say: Text) -> dict[str, str]:
    """Scenarios side by side."""
    return {
        "compare": say("Bandingkan skenario"),
        "compare_help": say(
            "Simpan sampai tiga himpunan bobot dan lihat siapa yang bergeser di antara rubrik awal, skenario, dan bobot sekarang."
        ),
        "keep": say("Simpan bobot sekarang"),
        "or_rubric": say("atau rubrik"),
        "add": say("Tambahkan"),
        "kept": say("Skenario {number}", **KEPT),
        "use": say("gunakan"),
        "use_of": say("Gunakan {title}", **KEPT),
        "remove": say("hapus"),
        "remove_of": say("Hapus {title}", **KEPT),
        "chart": say("Peringkat menurut skenario"),
        "chart_drawn": say("Bagan peringkat menurut skenario"),
        "chart_start": say("rubrik awal"),
        "chart_now": say("sekarang"),
        "chosen": say("bobot sekarang"),
        "chart_below": say("di bawah tempat ke-{places}", **KEPT),
        "chart_leader": say("{title}: {name}", **KEPT),
        "chart_alt": say("Bagan garis peringkat menurut skenario. Yang teratas: {leaders}.", **KEPT),
        "chart_table": say("Bagan ini sebagai tabel"),
        "save_svg": say("Unduh bagan (SVG)"),
        "save_png": say("Unduh bagan (PNG)"),
    }


def _keep(say: Text) -> dict[str, str]:
    """What can be taken along."""
    return {
        "keep_title": say("Simpan dan bagikan"),
        "link": say("Tautan ke tampilan ini"),
        "copy": say("Salin tautan"),
        "copied": say("Tautan disalin."),
        "select_to_copy": say("Tautan dipilih; salin dengan Ctrl+C."),
        "link_help": say(
            "Pilihan, bobot, kunci, dan skenario tersimpan di dalam tautan itu sendiri; tidak ada yang dikirim ke mana pun."
        ),
        "save_csv": say("Unduh tabel (CSV)"),
        "print": say("Cetak"),
        "told_weights": say("Bobot (hipotesis, bukan bobot resmi): {weights}.", **KEPT),
        "told_choice": say(
            "Rubrik awal: {rubric}; calon: {candidates}; anggapan tentang data kosong: {assumption}.", **KEPT
        ),
        "told_data": say("Versi data: {version}. Peringkat yang diumumkan tidak berubah oleh halaman ini.", **KEPT),
    }
