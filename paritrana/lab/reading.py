"""What the weight lab says of a file of the reader's: how it is read, what is shown, and every fault in it.

Sentences that `paritrana import` says too are the same words.
"""

from __future__ import annotations

from paritrana.presentation.language import Text

# What stands in braces in the sentences below, and stays there.
_NAMES = """all baseline cell cells code comma count day draws error fewest file first found full head hundred id juror key least most
name names number point radius ranges row second share shown size title value weights words zero"""
KEPT = {name: f"{{{name}}}" for name in _NAMES.split()}


def file_texts(say: Text) -> dict[str, str]:
    """Every sentence about a file by its key."""
    parts = (_shown, _instead, _state, _refused, _sheet, _cells, _panel, _workbook, _kept, _checked)
    words: dict[str, str] = {}
    for part in parts:
        words |= part(say)
    return words


def _shown(say: Text) -> dict[str, str]:
    """How a file is opened, and what is said while it is shown."""
    return {
        "file": say("Berkas sendiri"),
        "file_name": say("berkas"),
        "file_help": say(
            "Buka tabel Anda dan peringkatkan dengan semua yang ada di halaman ini. Berkas dibaca di perangkat ini; tidak ada isinya yang dikirim ke mana pun."
        ),
        "file_open": say("Buka berkas (CSV, XLSX, atau JSON)"),
        "file_form": say("Bentuk berkas yang dibaca"),
        "file_form_plain": say(
            "Tabel biasa: baris pertama berisi judul, kolom pertama berisi nama, kolom lain kriteria. Nilai yang lebih tinggi dianggap lebih baik. Sel kosong berarti tidak diketahui; 10..15 berarti antara 10 dan 15."
        ),
        "file_form_panel": say(
            "Lembar panel: buku kerja yang ditulis oleh paritrana template, atau semua lembarnya sebagai CSV yang dipilih sekaligus. Artinya sama seperti pada paritrana import."
        ),
        "file_form_numbers": say(
            "CSV dengan koma, titik koma, atau tab; desimal dengan koma atau titik, satu macam di seluruh berkas."
        ),
        "file_form_limits": say("Rumus dan sel gabungan ditolak: tempel nilainya saja. Makro tidak pernah dijalankan."),
        "file_faults": say('"{name}" tidak dibuka. Kekeliruan di dalamnya: {count}', **KEPT),
        "file_more": say("dan {count} kekeliruan lagi", **KEPT),
        "file_shown": say("Yang ditampilkan ialah berkas Anda sendiri, bukan catatan publik."),
        "file_here": say("{name}: dibaca di perangkat ini, dan tidak ada yang keluar darinya.", **KEPT),
        "file_plain": say(
            "Bobot awalnya sama. Di setiap kolom nilai terendah mendapat 0 poin dan nilai tertinggi 100 poin."
        ),
        "file_unknown": say("Sel kosong berarti tidak diketahui dan dapat bernilai 0 sampai 100 poin."),
        "file_equal": say("Bobot sama sebagai awal"),
        "file_goalposts": say("Nilai untuk 0 dan 100 poin"),
        "file_zero": say("Nilai untuk 0 poin"),
        "file_full": say("Nilai untuk 100 poin"),
        "file_back": say("Kembali ke catatan publik"),
        "told_own": say("Berkas sendiri: {file}; bukan catatan publik.", **KEPT),
        "told_own_weights": say("Bobot: {weights}.", **KEPT),
    }


def _instead(say: Text) -> dict[str, str]:
    """What stands, under the key after `own_`, in place of sentences about regions and rubrics."""
    return {
        "own_weights_help": say(
            "Geser satu bobot; bobot lain menyesuaikan secara sebanding, kecuali yang dikunci. Jumlahnya selalu 100 %."
        ),
        "own_reset": say("Kembali ke bobot awal"),
        "own_damaged": say("Keadaan yang disimpan rusak, jadi yang ditampilkan adalah bobot awal."),
        "own_ranking": say("Urutan peserta"),
        "own_unit_rank": say("geseran dari bobot awal"),
        "own_column_region": say("Nama peserta"),
        "own_unit_region": say("tekan untuk rincian"),
        "own_ranking_help": say(
            "Rentang peringkat: peringkat terbaik dan terburuk dengan bobot ini, berapa pun nilai di dalam rentang data kosong. Skor yang sama berbagi peringkat yang lebih baik dan berurutan seperti di berkas. Huruf pada batang menunjuk kriteria di daftar bobot; garis di bawahnya adalah rentang skor."
        ),
        "own_show_all": say("Tampilkan semua {all} peserta (sekarang {shown} teratas)", **KEPT),
        "own_source": say("Letak di berkas"),
        "own_chances_found": say(
            "Dari {draws} percobaan dengan bobot ± {radius} poin persen, peluang peringkat 1 yang terbesar ialah {share} (peluang acak {baseline}; galat Monte Carlo ± {error} poin persen). Tabel memuat peluang setiap peserta.",
            **KEPT,
        ),
        "own_pair": say("Dua peserta dibandingkan"),
        "own_pair_help": say(
            "Untuk setiap kriteria: pada bobot berapa peserta pertama berada di depan yang kedua, jika bobot lain ikut sebanding dan nilai di tengah rentang."
        ),
        "own_pair_a": say("Peserta pertama"),
        "own_pair_b": say("Peserta kedua"),
        "own_pair_same": say("Pilih dua peserta yang berbeda."),
        "own_compare_help": say(
            "Simpan sampai tiga himpunan bobot dan lihat siapa yang bergeser di antara bobot awal, skenario, dan bobot sekarang."
        ),
        "own_or_rubric": say("atau"),
        "own_chart_start": say("bobot awal"),
    }


def _state(say: Text) -> dict[str, str]:
    """A state of the lab as a file."""
    return {
        "save_state": say("Simpan keadaan (JSON)"),
        "save_state_help": say(
            "Keadaan yang disimpan memuat pilihan, bobot, dan skenario; buka kembali di bagian Berkas sendiri."
        ),
        "save_state_own": say(
            "Keadaan yang disimpan memuat bobot dan skenario, dan juga seluruh isi berkas Anda: siapa pun yang menerimanya dapat membacanya. Buka kembali di bagian Berkas sendiri."
        ),
        "file_state": say(
            "berkas ini bukan keadaan yang disimpan halaman ini, atau rusak; simpan kembali keadaannya dari halaman ini"
        ),
    }


def _refused(say: Text) -> dict[str, str]:
    """Why a file is not read at all."""
    return {
        "file_damaged": say("berkas ini rusak atau bukan buku kerja; simpan kembali sebagai .xlsx atau .csv"),
        "file_old_browser": say("versi peramban ini terlalu lama untuk membuka .xlsx; simpan berkasnya sebagai .csv"),
        "file_no_workbook": say(
            "berkas ini bukan buku kerja .xlsx, atau bersandi; simpan sebagai .xlsx tanpa kata sandi, atau sebagai .csv"
        ),
        "file_large": say("berkas ini lebih besar dari {size} MB", **KEPT),
        "file_heavy": say(
            "isinya terlalu besar untuk buku kerja yang diisi dengan tangan (paling banyak {size} MB setelah dibuka dan sekitar {cells} sel); hapus baris dan kolom kosong atau lembar lain, lalu simpan kembali",
            **KEPT,
        ),
        "file_macros": say("berkas ini berisi makro; simpan sebagai .xlsx tanpa makro"),
        "file_linked": say("berkas ini bertaut ke berkas lain; putuskan tautannya dan tempel nilainya saja"),
        "file_sheets": say("paling banyak {most} lembar, ditemukan {count}", **KEPT),
        "file_no_csv": say("berkas ini bukan tabel dalam teks; simpan kembali sebagai CSV"),
        "file_quotes": say("tanda kutip di berkas ini tidak berpasangan; simpan kembali sebagai CSV"),
        "file_empty": say("berkas ini tidak berisi tabel"),
    }


def _sheet(say: Text) -> dict[str, str]:
    """What is wrong with a table as a whole."""
    return {
        "file_merged": say("sel {ranges} digabung; pisahkan kembali", **KEPT),
        "file_beyond": say("ada isi di bawah baris {most}; hapus baris-baris itu", **KEPT),
        "file_wide": say("ada isi di sebelah kanan kolom {most}; hapus kolom-kolom itu", **KEPT),
        "file_fewest": say("paling sedikit {fewest} peserta yang dinilai ditunggu", **KEPT),
        "file_no_criteria": say("kolom kriteria ditunggu di sebelah kanan kolom nama"),
        "file_criteria": say("paling banyak {most} kriteria, ditemukan {count}", **KEPT),
        "file_no_head": say("kolom ini berisi tetapi tidak berjudul; tulis judulnya"),
        "file_head_twice": say('judul "{value}" sudah ada di {cell}; setiap kolom satu kali', **KEPT),
        "file_no_name": say("baris ini tidak bernama; tulis namanya di kolom pertama"),
        "file_twice": say('"{value}" sudah ada di baris {row}; setiap baris satu kali', **KEPT),
        "file_no_scale": say(
            'kolom "{title}" tidak memuat dua nilai yang berbeda, jadi tidak dapat memisahkan siapa pun; hapus kolomnya',
            **KEPT,
        ),
        "file_marks": say(
            "{comma} memakai koma desimal dan {point} titik desimal; pakai satu macam di seluruh berkas", **KEPT
        ),
    }


def _cells(say: Text) -> dict[str, str]:
    """What is wrong with a cell."""
    return {
        "file_formula": say('"{value}" ialah rumus; tempel nilainya saja', **KEPT),
        "file_error": say('"{value}" ialah kesalahan rumus; ketik nilainya', **KEPT),
        "file_long": say('"{value}" lebih panjang dari {most} huruf', **KEPT),
        "file_lines": say('"{value}" lebih dari satu baris; tulis dalam satu baris', **KEPT),
        "file_date": say('"{value}" ialah tanggal, bukan angka; format sel sebagai angka', **KEPT),
        "file_no_number": say('"{value}" bukan angka; kosongkan sel bila tidak diketahui', **KEPT),
        "file_interval": say('"{value}" bukan rentang dari yang rendah ke yang tinggi seperti 10..15', **KEPT),
        "file_typed": say('"{value}" ialah teks; ketik {number} sebagai angka', **KEPT),
        "file_ambiguous": say(
            '"{value}" ialah teks yang bermakna ganda; ketik {first} atau {second} sebagai angka', **KEPT
        ),
    }


def _panel(say: Text) -> dict[str, str]:
    """What is said while a panel's workbook is shown."""
    return {
        "file_panel": say(
            "Lembar panel: nilai juri ialah rata-rata dari juri yang memberi nilai; batas 0 dan 100 poin dari lembar Kriteria."
        ),
        "file_panel_weights": say("Bobot awal ialah bobot di berkas, bukan bobot resmi: tidak ada yang diumumkan."),
        "file_confidential": say("Berkas ini bertanda rahasia; begitu pula semua yang disimpan atau dicetak darinya."),
        "file_mean": say("{value} (rata-rata dari {count} juri: {ranges})", **KEPT),
    }


def _workbook(say: Text) -> dict[str, str]:
    """What is wrong with a panel's workbook as a whole, or with the head of a sheet."""
    return {
        "file_several": say("pilih satu berkas, atau semua lembar panel sebagai CSV sekaligus"),
        "file_sheet_missing": say('lembar "{title}" tidak ada', **KEPT),
        "file_sheet_twice": say("lembar ini ada dua kali; hapus salah satu"),
        "file_sheet_hidden": say("lembar ini tersembunyi; tampilkan kembali"),
        "file_sheet_unseen": say("lembar tersembunyi yang tidak dikenal; hapus lembar ini"),
        "file_sheet_unknown": say("lembar ini tidak ada dalam templat; hapus atau pindahkan ke berkas lain"),
        "file_sheet_renamed": say('lembar ini berganti nama; kembalikan menjadi "{title}"', **KEPT),
        "file_column_missing": say('kolom {key} ("{title}") tidak ada; kembalikan kolomnya', **KEPT),
        "file_column_unknown": say('"{head}" bukan kolom lembar ini; hapus kolomnya', **KEPT),
        "file_column_twice": say("kolom {key} ada dua kali; hapus salah satu", **KEPT),
        "file_outside": say('"{value}" berada di luar tabel; hapus atau pindahkan', **KEPT),
    }


def _kept(say: Text) -> dict[str, str]:
    """What is wrong with a cell by the kind of its column."""
    return {
        "file_required": say("sel ini kosong; {title} harus diisi", **KEPT),
        "file_became_date": say('"{value}" menjadi tanggal; format sel sebagai teks dan ketik kembali', **KEPT),
        "file_code_number": say(
            "{value} ialah angka; kode harus teks agar nol di belakangnya tidak hilang: format sel sebagai teks", **KEPT
        ),
        "file_code": say('"{value}" bukan kode; pakai huruf, angka, titik, dan garis', **KEPT),
        "file_day_number": say("{value} ialah angka; bila maksudnya {day}, ketik begitu", **KEPT),
        "file_day": say('"{value}" bukan tanggal seperti 2024-12-31', **KEPT),
        "file_choice": say('"{value}" tidak ada dalam daftar: {words}', **KEPT),
        "file_address": say('"{value}" bukan alamat web yang dimulai dengan https://', **KEPT),
        "file_not_number": say('"{value}" bukan angka', **KEPT),
        "file_not_whole": say("{value} bukan bilangan bulat", **KEPT),
        "file_of_one": say("{value} tampaknya bagian dari 1; tulis {hundred} untuk {hundred} persen", **KEPT),
        "file_small": say("{value} terlalu kecil; paling sedikit {least}", **KEPT),
        "file_great": say("{value} terlalu besar; paling banyak {most}", **KEPT),
    }


def _checked(say: Text) -> dict[str, str]:
    """What sheets of a workbook say against each other."""
    return {
        "file_one_row": say("satu baris isian ditunggu, ditemukan {count}", **KEPT),
        "file_no_candidate": say('"{code}" bukan kode peserta di lembar ini', **KEPT),
        "file_other_name": say('kode {code} ialah {name}, di sini tertulis "{found}"', **KEPT),
        "file_row_missing": say("baris untuk {code} ({name}) hilang; kembalikan", **KEPT),
        "file_no_id": say('"{id}" tidak dapat menjadi kode kriteria; pakai huruf kecil dan garis bawah', **KEPT),
        "file_same_ends": say("nilai untuk 0 poin dan untuk 100 poin sama, {value}; keduanya harus berbeda", **KEPT),
        "file_indicator": say(
            "{id} dihitung dari catatan publik, yang hanya dapat dilakukan paritrana import; kosongkan sel ini dan ketik nilainya di kolom berkode kriteria itu di lembar Angka",
            **KEPT,
        ),
        "file_no_weight": say("paling sedikit satu kriteria dengan bobot di atas 0 ditunggu"),
        "file_weights": say("jumlah bobot paling banyak {most}", **KEPT),
        "file_no_juror": say('"{juror}" tidak ada di lembar {title}', **KEPT),
        "file_points_missing": say("baris {juror} untuk {names} hilang; kembalikan", **KEPT),
        "file_no_document": say('"{id}" tidak ada di lembar {title}', **KEPT),
        "file_nothing": say("belum ada angka atau nilai yang diisi"),
    }
