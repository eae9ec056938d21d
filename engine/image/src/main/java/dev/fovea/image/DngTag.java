package dev.fovea.image;

/** The numbers of the tags that describe a RAW picture, by their names in TIFF 6.0, TIFF/EP and DNG 1.4. */
final class DngTag {
    static final int NEW_SUBFILE_TYPE = 254;
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTE_COUNTS = 279;
    static final int PLANAR_CONFIGURATION = 284;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTE_COUNTS = 325;
    static final int SUB_IFDS = 330;
    static final int SAMPLE_FORMAT = 339;
    static final int CFA_REPEAT_PATTERN_DIM = 33421;
    static final int CFA_PATTERN = 33422;
    static final int EXIF_IFD = 34665;
    static final int GPS_IFD = 34853;
    static final int DNG_VERSION = 50706;
    static final int DNG_BACKWARD_VERSION = 50707;
    static final int UNIQUE_CAMERA_MODEL = 50708;
    static final int CFA_PLANE_COLOR = 50710;
    static final int CFA_LAYOUT = 50711;
    static final int LINEARIZATION_TABLE = 50712;
    static final int BLACK_LEVEL_REPEAT_DIM = 50713;
    static final int BLACK_LEVEL = 50714;
    static final int BLACK_LEVEL_DELTA_H = 50715;
    static final int BLACK_LEVEL_DELTA_V = 50716;
    static final int WHITE_LEVEL = 50717;
    static final int DEFAULT_SCALE = 50718;
    static final int DEFAULT_CROP_ORIGIN = 50719;
    static final int DEFAULT_CROP_SIZE = 50720;
    static final int COLOR_MATRIX_1 = 50721;
    static final int COLOR_MATRIX_2 = 50722;
    static final int CAMERA_CALIBRATION_1 = 50723;
    static final int CAMERA_CALIBRATION_2 = 50724;
    static final int ANALOG_BALANCE = 50727;
    static final int AS_SHOT_NEUTRAL = 50728;
    static final int AS_SHOT_WHITE_XY = 50729;
    static final int BASELINE_EXPOSURE = 50730;
    static final int CALIBRATION_ILLUMINANT_1 = 50778;
    static final int CALIBRATION_ILLUMINANT_2 = 50779;
    static final int ACTIVE_AREA = 50829;
    static final int CAMERA_CALIBRATION_SIGNATURE = 50931;
    static final int PROFILE_CALIBRATION_SIGNATURE = 50932;
    static final int FORWARD_MATRIX_1 = 50964;
    static final int FORWARD_MATRIX_2 = 50965;
    static final int SUB_TILE_BLOCK_SIZE = 50974;
    static final int ROW_INTERLEAVE_FACTOR = 50975;
    static final int OPCODE_LIST_2 = 51009;
    static final int NOISE_PROFILE = 51041;
    static final int COLUMN_INTERLEAVE_FACTOR = 52547;

    private DngTag() {}
}
